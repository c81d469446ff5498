#ifndef FILE_RENAMES_H
#define FILE_RENAMES_H

/* Linux's renameat2, which Swift's Glibc does not show. Both return 0, or -1 with errno. */

/* Renames unless something has the new name already. */
int rename_exclusively(const char *from, const char *to);

/* Each gets the other's name, in one step. */
int rename_exchanging(const char *one, const char *other);

#endif
