// What the kernels use of <stdlib.h>.
#ifndef NT_LIBC_STDLIB_H
#define NT_LIBC_STDLIB_H
#include <stddef.h>
char *getenv(const char *name);
_Noreturn void exit(int code);
_Noreturn void abort(void);
#endif
