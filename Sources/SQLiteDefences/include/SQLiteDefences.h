#ifndef SQLITE_DEFENCES_H
#define SQLITE_DEFENCES_H

/// Settings of one connection for which SQLite has only a variadic function.
///
/// No SQL may write to shadow tables or the schema table, views and triggers run no function that is
/// not known to be harmless, no extension is loaded, and closing never checkpoints: that is done under
/// the writer's lock alone. Returns SQLite's result code.
int sqlite_defences_set(void *connection);

#endif
