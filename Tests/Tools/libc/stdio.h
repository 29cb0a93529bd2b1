// What the kernels use of <stdio.h>.
#ifndef NT_LIBC_STDIO_H
#define NT_LIBC_STDIO_H
typedef struct nt_file FILE;
extern FILE *stderr;
#define stderr stderr
int fprintf(FILE *restrict stream, const char *restrict format, ...) __attribute__((format(printf, 2, 3)));
#endif
