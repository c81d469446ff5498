#define _GNU_SOURCE
#include "FileRenames.h"

#include <fcntl.h>
#include <stdio.h>

int rename_exclusively(const char *from, const char *to) {
    return renameat2(AT_FDCWD, from, AT_FDCWD, to, RENAME_NOREPLACE);
}

int rename_exchanging(const char *one, const char *other) {
    return renameat2(AT_FDCWD, one, AT_FDCWD, other, RENAME_EXCHANGE);
}
