// Makes a disk fail on request: preloaded into the server, it looks before each write below FAULT_UNDER
// at the first letter of the file FAULT_WORD. f: the disk is full; s: waiting for the disk fails;
// r: the disk can be read only. Anything else, or no file: nothing happens.
#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>
#include <sys/syscall.h>
#include <unistd.h>

static int word(void) {
    const char *path = getenv("FAULT_WORD");
    int saved = errno, letter = 0;
    if (path) {
        int fd = (int)syscall(SYS_openat, AT_FDCWD, path, O_RDONLY | O_CLOEXEC);
        char byte;
        if (fd >= 0) {
            if (syscall(SYS_read, fd, &byte, 1) == 1) letter = byte;
            syscall(SYS_close, fd);
        }
    }
    errno = saved;
    return letter;
}

static int is_under(const char *path) {
    const char *under = getenv("FAULT_UNDER");
    return under && path && strncmp(path, under, strlen(under)) == 0;
}

static int is_ours(int fd) {
    char link[64] = "/proc/self/fd/", digits[16], path[4096];
    int saved = errno, n = 0;
    for (int rest = fd; n == 0 || rest > 0; rest /= 10) digits[n++] = (char)('0' + rest % 10);
    size_t length = strlen(link);
    while (n > 0) link[length++] = digits[--n];
    link[length] = 0;
    ssize_t count = readlink(link, path, sizeof path - 1);
    errno = saved;
    if (fd < 0 || count <= 0) return 0;
    path[count] = 0;
    return is_under(path);
}

// 0, or the error with which a write to this file fails.
static int write_error(int fd) {
    int letter = word();
    if (letter != 'f' && letter != 'r') return 0;
    if (!is_ours(fd)) return 0;
    return letter == 'f' ? ENOSPC : EROFS;
}

#define REAL(name) ((__typeof__(&name))dlsym(RTLD_NEXT, #name))
#define FAIL_IF(error) do { int e = (error); if (e) { errno = e; return -1; } } while (0)

ssize_t write(int fd, const void *bytes, size_t count) {
    FAIL_IF(write_error(fd));
    return REAL(write)(fd, bytes, count);
}
ssize_t pwrite(int fd, const void *bytes, size_t count, off_t at) {
    FAIL_IF(write_error(fd));
    return REAL(pwrite)(fd, bytes, count, at);
}
ssize_t pwrite64(int fd, const void *bytes, size_t count, off64_t at) {
    FAIL_IF(write_error(fd));
    return REAL(pwrite64)(fd, bytes, count, at);
}
int fsync(int fd) {
    FAIL_IF(word() == 's' && is_ours(fd) ? EIO : 0);
    return REAL(fsync)(fd);
}
int fdatasync(int fd) {
    FAIL_IF(word() == 's' && is_ours(fd) ? EIO : 0);
    return REAL(fdatasync)(fd);
}

static int open_error(const char *path, int flags) {
    return (flags & (O_CREAT | O_WRONLY | O_RDWR)) && is_under(path) && word() == 'r' ? EROFS : 0;
}
#define OPEN(name) \
    int name(const char *path, int flags, ...) { \
        va_list rest; \
        va_start(rest, flags); \
        mode_t mode = (flags & (O_CREAT | O_TMPFILE)) ? va_arg(rest, mode_t) : 0; \
        va_end(rest); \
        FAIL_IF(open_error(path, flags)); \
        return REAL(name)(path, flags, mode); \
    }
OPEN(open)
OPEN(open64)
