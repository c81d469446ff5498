// Tells the thread sanitizer of the locks that Swift's own library takes without being watched.
//
// Synchronization.Mutex takes a free lock in the caller's code, which is watched; where it has to wait,
// its library asks the kernel for the lock, which no sanitizer sees. Every value behind a contended lock
// would be reported as a race. So here the two calls to the kernel say what they are.
#define _GNU_SOURCE
#include <dlfcn.h>
#include <linux/futex.h>
#include <stdarg.h>
#include <sys/syscall.h>

__attribute__((weak)) void __tsan_acquire(void *address);
__attribute__((weak)) void __tsan_release(void *address);

long syscall(long number, ...) {
  static long (*next)(long, ...);
  if (!next) next = (long (*)(long, ...))dlsym(RTLD_NEXT, "syscall");
  long word[6];
  va_list words;
  va_start(words, number);
  for (int i = 0; i < 6; i++) word[i] = va_arg(words, long);
  va_end(words);

  int isFutex = number == SYS_futex && __tsan_acquire && __tsan_release;
  int act = isFutex ? (int)word[1] & FUTEX_CMD_MASK : -1;
  if (act == FUTEX_UNLOCK_PI) __tsan_release((void *)word[0]);
  long result = next(number, word[0], word[1], word[2], word[3], word[4], word[5]);
  if (result == 0 && (act == FUTEX_LOCK_PI || act == FUTEX_TRYLOCK_PI || act == FUTEX_LOCK_PI2))
    __tsan_acquire((void *)word[0]);
  return result;
}
