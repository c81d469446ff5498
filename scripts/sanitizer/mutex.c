// Tells the thread sanitizer of the locks that Swift's own library takes without being watched.
//
// Synchronization.Mutex takes a free lock in the caller's code, which is watched; where the lock is held,
// the library spins for it in code of its own, then asks the kernel for it, and no sanitizer sees either.
// Every value behind a contended lock would be reported as a race. So here the library's slow way in, and
// the call to the kernel by which it lets go of a lock that others wait for, say what they are.
#define _GNU_SOURCE
#include <dlfcn.h>
#include <linux/futex.h>
#include <stdarg.h>
#include <stdint.h>
#include <sys/syscall.h>

__attribute__((weak)) void __tsan_acquire(void *address);
__attribute__((weak)) void __tsan_release(void *address);

// Synchronization._MutexHandle._lockSlow(UInt32): returns once the lock is this thread's.
#define LOCK_SLOW "$s15Synchronization12_MutexHandleV9_lockSlowyys6UInt32VF"
typedef __attribute__((swiftcall)) void LockSlow(uint32_t thread, __attribute__((swift_context)) void *lock);

__attribute__((swiftcall)) void lockSlow(uint32_t thread, __attribute__((swift_context)) void *lock)
    __asm__(LOCK_SLOW);

__attribute__((swiftcall)) void lockSlow(uint32_t thread, __attribute__((swift_context)) void *lock) {
  static LockSlow *next;
  if (!next) next = (LockSlow *)dlsym(RTLD_NEXT, LOCK_SLOW);
  next(thread, lock);
  if (__tsan_acquire) __tsan_acquire(lock);
}

long syscall(long number, ...) {
  static long (*next)(long, ...);
  if (!next) next = (long (*)(long, ...))dlsym(RTLD_NEXT, "syscall");
  long word[6];
  va_list words;
  va_start(words, number);
  for (int i = 0; i < 6; i++) word[i] = va_arg(words, long);
  va_end(words);

  int lets_go = number == SYS_futex && ((int)word[1] & FUTEX_CMD_MASK) == FUTEX_UNLOCK_PI;
  if (lets_go && __tsan_release) __tsan_release((void *)word[0]);
  return next(number, word[0], word[1], word[2], word[3], word[4], word[5]);
}
