// A disk that fails or is recorded, preloaded into one process of the built command.
//
// Every call on a path that begins with DISK_UNDER, or is DISK_TOP, is counted, if the fault DISK_FAULT can happen to it; the one with the
// number DISK_AT, or with DISK_ON all from it on, meets the fault. DISK_LOG gets a line for the call that
// met it, or without DISK_AT one for every call. With DISK_JOURNAL every change and every wait for the
// disk is written down in its order over all processes, so that a loss of power at any point can be
// worked out from it.
#define _GNU_SOURCE
#include <dirent.h>
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <pthread.h>
#include <signal.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/uio.h>
#include <unistd.h>

// What can happen to a call; a failing device (EIO) can fail every one.
enum { TAKES_ROOM = 1, CHANGES = 2, NAMES = 4, WAITS = 8, MOVES = 16, ANY = 32 };

static struct {
    const char *under, *top;
    size_t under_length;
    unsigned kinds;
    int code, is_short, kills_before, kills_after, goes_on, log, journal;
    long at;
} disk;
static long count;
static __thread int dies;
static pthread_mutex_t order = PTHREAD_MUTEX_INITIALIZER;

enum { FILES = 8192 };
static char *paths[FILES];

static int raw_open(const char *name) {
    const char *path = getenv(name);
    if (!path) return -1;
    int fd = (int)syscall(
        SYS_openat, AT_FDCWD, path, O_RDWR | O_CREAT | O_APPEND | O_CLOEXEC, 0600);
    // Far from the numbers that a program expects for its own first files.
    int far = fd < 0 ? fd : (int)syscall(SYS_fcntl, fd, F_DUPFD_CLOEXEC, 700);
    if (fd >= 0) syscall(SYS_close, fd);
    return far;
}

__attribute__((constructor)) static void begin(void) {
    const char *fault = getenv("DISK_FAULT"), *at = getenv("DISK_AT");
    disk.log = disk.journal = -1;
    disk.under = getenv("DISK_UNDER");
    if (!disk.under) return;
    disk.under_length = strlen(disk.under);
    disk.top = getenv("DISK_TOP");
    disk.log = raw_open("DISK_LOG");
    disk.journal = raw_open("DISK_JOURNAL");
    disk.at = at ? atol(at) : 0;
    disk.goes_on = getenv("DISK_ON") != NULL;
    if (!fault) return;
    if (!strcmp(fault, "ENOSPC")) disk.kinds = TAKES_ROOM, disk.code = ENOSPC;
    if (!strcmp(fault, "EIO")) disk.kinds = ANY, disk.code = EIO;
    if (!strcmp(fault, "EACCES")) disk.kinds = NAMES, disk.code = EACCES;
    if (!strcmp(fault, "EINTR")) disk.kinds = WAITS, disk.code = EINTR;
    if (!strcmp(fault, "SHORT")) disk.kinds = MOVES, disk.is_short = 1;
    if (!strcmp(fault, "KILL_BEFORE")) disk.kinds = CHANGES, disk.kills_before = 1;
    if (!strcmp(fault, "KILL_AFTER")) disk.kinds = CHANGES, disk.kills_after = 1;
}

static int is_under(const char *path) {
    if (!disk.under || !path) return 0;
    return !strncmp(path, disk.under, disk.under_length) || (disk.top && !strcmp(path, disk.top));
}
static const char *path_of(int fd) { return fd >= 0 && fd < FILES ? paths[fd] : NULL; }
static void remember(int fd, const char *path) {
    if (fd >= 0 && fd < FILES) paths[fd] = path ? strdup(path) : NULL;
}

// 0: the call goes on; an errno: it fails; -1: it moves fewer bytes than it was asked to.
static int verdict(const char *name, unsigned kinds, const char *path) {
    if (!((kinds | ANY) & disk.kinds) || !path || !is_under(path)) return 0;
    long number = __atomic_add_fetch(&count, 1, __ATOMIC_RELAXED);
    int is_hit = disk.at && (number == disk.at || (disk.goes_on && number > disk.at));
    if (disk.log >= 0 && (disk.at == 0 || number == disk.at)) {
        char line[4400];
        int is_top = strncmp(path, disk.under, disk.under_length);
        int length = snprintf(
            line, sizeof line, "%ld\t%s\t%s\n", number, name, is_top ? ".." : path + disk.under_length);
        syscall(SYS_write, disk.log, line, length);
    }
    if (!is_hit) return 0;
    if (disk.kills_before) kill(getpid(), SIGKILL);
    dies = disk.kills_after;
    return disk.is_short ? -1 : disk.code;
}
static void after(void) {
    if (dies) kill(getpid(), SIGKILL);
}

// The journal: one record at a time, written in the order in which things happened.
static void lock_journal(void) {
    if (disk.journal < 0) return;
    pthread_mutex_lock(&order);
    while (syscall(SYS_flock, disk.journal, LOCK_EX) && errno == EINTR) {}
}
static void unlock_journal(void) {
    if (disk.journal < 0) return;
    int saved = errno;
    syscall(SYS_flock, disk.journal, LOCK_UN);
    pthread_mutex_unlock(&order);
    errno = saved;
}
static void put(const void *bytes, size_t length) {
    for (const char *rest = bytes; length > 0;) {
        long done = syscall(SYS_write, disk.journal, rest, length);
        if (done <= 0) abort();
        rest += done;
        length -= (size_t)done;
    }
}
#define NOTE(...) do { \
        if (disk.journal >= 0) { \
            int note_errno = errno; \
            char note[9000]; \
            put(note, (size_t)snprintf(note, sizeof note, __VA_ARGS__)); \
            errno = note_errno; \
        } \
    } while (0)

#define REAL(name) ({ \
        static __typeof__(&name) real; \
        if (!real) real = (__typeof__(&name))dlsym(RTLD_NEXT, #name); \
        real; \
    })
#define GATE(name, kinds, path, failed) \
    int fate = verdict(#name, kinds, path); \
    if (fate > 0) { \
        errno = fate; \
        return failed; \
    } \
    (void)fate

static unsigned long inode(int fd) {
    struct stat status;
    return syscall(SYS_newfstatat, fd, "", &status, AT_EMPTY_PATH) ? 0 : status.st_ino;
}
static unsigned long inode_named(const char *path) {
    struct stat status;
    return syscall(SYS_newfstatat, AT_FDCWD, path, &status, AT_SYMLINK_NOFOLLOW) ? 0 : status.st_ino;
}

// Opening.
static int opened(int fd, const char *path, int flags, unsigned long before) {
    if (fd >= 0 && is_under(path)) {
        remember(fd, path);
        if (!before && flags & O_CREAT) NOTE("C\t%lu\t%s\n", inode(fd), path);
        if (before && flags & O_TRUNC) NOTE("T\t%lu\t0\n", before);
    }
    return fd;
}
static unsigned open_kinds(const char *path, int flags) {
    return NAMES | WAITS | (flags & O_CREAT && !inode_named(path) ? TAKES_ROOM | CHANGES : 0);
}
#define OPEN(name) \
    int name(const char *path, int flags, ...) { \
        va_list rest; \
        va_start(rest, flags); \
        mode_t mode = flags & (O_CREAT | O_TMPFILE) ? va_arg(rest, mode_t) : 0; \
        va_end(rest); \
        if (!is_under(path)) return REAL(name)(path, flags, mode); \
        GATE(name, open_kinds(path, flags), path, -1); \
        lock_journal(); \
        unsigned long before = inode_named(path); \
        int fd = opened(REAL(name)(path, flags, mode), path, flags, before); \
        unlock_journal(); \
        after(); \
        return fd; \
    }
OPEN(open)
OPEN(open64)
#define OPENAT(name) \
    int name(int at, const char *path, int flags, ...) { \
        va_list rest; \
        va_start(rest, flags); \
        mode_t mode = flags & (O_CREAT | O_TMPFILE) ? va_arg(rest, mode_t) : 0; \
        va_end(rest); \
        if (!is_under(path)) return REAL(name)(at, path, flags, mode); \
        GATE(name, open_kinds(path, flags), path, -1); \
        lock_journal(); \
        unsigned long before = inode_named(path); \
        int fd = opened(REAL(name)(at, path, flags, mode), path, flags, before); \
        unlock_journal(); \
        after(); \
        return fd; \
    }
OPENAT(openat)
OPENAT(openat64)
int creat(const char *path, mode_t mode) { return open(path, O_CREAT | O_WRONLY | O_TRUNC, mode); }
int creat64(const char *path, mode_t mode) { return open(path, O_CREAT | O_WRONLY | O_TRUNC, mode); }

int close(int fd) {
    const char *path = path_of(fd);
    if (!path) return REAL(close)(fd);
    int fate = verdict("close", 0, path);
    remember(fd, NULL);
    int result = REAL(close)(fd);
    if (fate <= 0) return result;
    // The descriptor is gone all the same.
    errno = fate;
    return -1;
}

// Reading and writing.
static size_t part(int fate, size_t length) { return fate < 0 && length > 1 ? length / 2 : length; }
#define READ(name, last, ...) \
    ssize_t name(int fd, void *bytes, size_t length last) { \
        GATE(name, WAITS | MOVES, path_of(fd), -1); \
        return REAL(name)(fd, bytes, part(fate, length) __VA_ARGS__); \
    }
#define COMMA ,
READ(read, )
READ(pread, COMMA off_t at, COMMA at)
READ(pread64, COMMA off64_t at, COMMA at)

static void wrote(int fd, const void *bytes, ssize_t length, long at) {
    if (length <= 0 || disk.journal < 0) return;
    if (at < 0) at = syscall(SYS_lseek, fd, 0, SEEK_CUR) - length;
    NOTE("W\t%lu\t%ld\t%zd\n", inode(fd), at, length);
    put(bytes, (size_t)length);
}
#define WRITE(name, where, last, ...) \
    ssize_t name(int fd, const void *bytes, size_t length last) { \
        if (!path_of(fd)) return REAL(name)(fd, bytes, length __VA_ARGS__); \
        GATE(name, TAKES_ROOM | CHANGES | WAITS | MOVES, path_of(fd), -1); \
        lock_journal(); \
        ssize_t done = REAL(name)(fd, bytes, part(fate, length) __VA_ARGS__); \
        wrote(fd, bytes, done, where); \
        unlock_journal(); \
        after(); \
        return done; \
    }
WRITE(write, -1, )
WRITE(pwrite, at, COMMA off_t at, COMMA at)
WRITE(pwrite64, at, COMMA off64_t at, COMMA at)
// Nobody writes to a store in pieces; who begins to has to be recorded.
#define PIECES(name, last, ...) \
    ssize_t name(int fd, const struct iovec *pieces, int number last) { \
        if (path_of(fd) && disk.journal >= 0) abort(); \
        GATE(name, TAKES_ROOM | CHANGES | WAITS, path_of(fd), -1); \
        ssize_t done = REAL(name)(fd, pieces, number __VA_ARGS__); \
        after(); \
        return done; \
    }
PIECES(writev, )
PIECES(pwritev, COMMA off_t at, COMMA at)
PIECES(pwritev64, COMMA off64_t at, COMMA at)

// Waiting for the disk. Without a journal nobody really waits: the power stays on.
#define SYNC(name) \
    int name(int fd) { \
        if (!path_of(fd)) return REAL(name)(fd); \
        GATE(name, TAKES_ROOM | CHANGES | WAITS, path_of(fd), -1); \
        lock_journal(); \
        NOTE("S\t%lu\n", inode(fd)); \
        unlock_journal(); \
        after(); \
        return 0; \
    }
SYNC(fsync)
SYNC(fdatasync)

#define TRUNCATE(name, type) \
    int name(int fd, type length) { \
        if (!path_of(fd)) return REAL(name)(fd, length); \
        GATE(name, CHANGES | WAITS, path_of(fd), -1); \
        lock_journal(); \
        int result = REAL(name)(fd, length); \
        if (!result) NOTE("T\t%lu\t%ld\n", inode(fd), (long)length); \
        unlock_journal(); \
        after(); \
        return result; \
    }
TRUNCATE(ftruncate, off_t)
TRUNCATE(ftruncate64, off64_t)
int fallocate(int fd, int mode, off_t at, off_t length) {
    GATE(fallocate, TAKES_ROOM | CHANGES, path_of(fd), -1);
    if (path_of(fd) && disk.journal >= 0) abort();
    return REAL(fallocate)(fd, mode, at, length);
}
int posix_fallocate(int fd, off_t at, off_t length) {
    GATE(posix_fallocate, TAKES_ROOM | CHANGES, path_of(fd), fate);
    if (path_of(fd) && disk.journal >= 0) abort();
    return REAL(posix_fallocate)(fd, at, length);
}

// Names.
#define BETWEEN(name, kinds, from, to, type, call, ...) \
    int name type { \
        const char *path = is_under(from) ? from : to; \
        GATE(name, kinds, path, -1); \
        lock_journal(); \
        int result = REAL(name) call; \
        if (!result && is_under(path)) NOTE(__VA_ARGS__); \
        unlock_journal(); \
        after(); \
        return result; \
    }
BETWEEN(rename, TAKES_ROOM | CHANGES | NAMES, from, to, (const char *from, const char *to), (from, to),
        "R\t%s\t%s\n", from, to)
BETWEEN(renameat, TAKES_ROOM | CHANGES | NAMES, from, to,
        (int one, const char *from, int other, const char *to), (one, from, other, to),
        "R\t%s\t%s\n", from, to)
BETWEEN(renameat2, TAKES_ROOM | CHANGES | NAMES, from, to,
        (int one, const char *from, int other, const char *to, unsigned flags),
        (one, from, other, to, flags), "%s\t%s\t%s\n", flags & RENAME_EXCHANGE ? "X" : "R", from, to)
BETWEEN(link, TAKES_ROOM | CHANGES | NAMES, from, to, (const char *from, const char *to), (from, to),
        "L\t%s\t%s\n", from, to)

#define NAMED(name, kinds, type, call, ...) \
    int name type { \
        GATE(name, kinds, path, -1); \
        lock_journal(); \
        int result = REAL(name) call; \
        if (!result && is_under(path)) NOTE(__VA_ARGS__); \
        unlock_journal(); \
        after(); \
        return result; \
    }
NAMED(unlink, CHANGES | NAMES, (const char *path), (path), "U\t%s\n", path)
NAMED(remove, CHANGES | NAMES, (const char *path), (path), "U\t%s\n", path)
NAMED(unlinkat, CHANGES | NAMES, (int at, const char *path, int flags), (at, path, flags), "U\t%s\n", path)
NAMED(rmdir, CHANGES | NAMES, (const char *path), (path), "U\t%s\n", path)
NAMED(mkdir, TAKES_ROOM | CHANGES | NAMES, (const char *path, mode_t mode), (path, mode), "D\t%lu\t%s\n",
      inode_named(path), path)

// What changes nothing.
#define ASKED(name, kinds, path, type, call) \
    int name type { \
        GATE(name, kinds, path, -1); \
        return REAL(name) call; \
    }
ASKED(stat, NAMES, path, (const char *path, struct stat *found), (path, found))
ASKED(lstat, NAMES, path, (const char *path, struct stat *found), (path, found))
ASKED(stat64, NAMES, path, (const char *path, struct stat64 *found), (path, found))
ASKED(lstat64, NAMES, path, (const char *path, struct stat64 *found), (path, found))
ASKED(fstat, 0, path_of(fd), (int fd, struct stat *found), (fd, found))
ASKED(fstat64, 0, path_of(fd), (int fd, struct stat64 *found), (fd, found))
ASKED(access, NAMES, path, (const char *path, int mode), (path, mode))
ASKED(flock, WAITS, path_of(fd), (int fd, int what), (fd, what))
ASKED(fchmod, NAMES, path_of(fd), (int fd, mode_t mode), (fd, mode))
ASKED(fchown, NAMES, path_of(fd), (int fd, uid_t user, gid_t group), (fd, user, group))
ssize_t readlink(const char *path, char *target, size_t length) {
    GATE(readlink, NAMES, path, -1);
    return REAL(readlink)(path, target, length);
}
#define CONTROL(name) \
    int name(int fd, int what, ...) { \
        va_list rest; \
        va_start(rest, what); \
        void *argument = va_arg(rest, void *); \
        va_end(rest); \
        if (what == F_SETLK || what == F_SETLKW || what == F_GETLK || what == F_OFD_SETLK) { \
            GATE(name, 0, path_of(fd), -1); \
        } \
        return REAL(name)(fd, what, argument); \
    }
CONTROL(fcntl)
CONTROL(fcntl64)
void *mmap(void *place, size_t length, int protection, int flags, int fd, off_t at) {
    if (fd >= 0) { GATE(mmap, 0, path_of(fd), MAP_FAILED); }
    return REAL(mmap)(place, length, protection, flags, fd, at);
}
void *mmap64(void *place, size_t length, int protection, int flags, int fd, off64_t at) {
    if (fd >= 0) { GATE(mmap64, 0, path_of(fd), MAP_FAILED); }
    return REAL(mmap64)(place, length, protection, flags, fd, at);
}
DIR *opendir(const char *path) {
    GATE(opendir, NAMES, path, NULL);
    DIR *directory = REAL(opendir)(path);
    if (directory && is_under(path)) remember(dirfd(directory), path);
    return directory;
}
struct dirent *readdir(DIR *directory) {
    GATE(readdir, 0, path_of(dirfd(directory)), NULL);
    return REAL(readdir)(directory);
}
struct dirent64 *readdir64(DIR *directory) {
    GATE(readdir64, 0, path_of(dirfd(directory)), NULL);
    return REAL(readdir64)(directory);
}
int closedir(DIR *directory) {
    remember(dirfd(directory), NULL);
    return REAL(closedir)(directory);
}
