// What the kernels use of <math.h>.
#ifndef NT_LIBC_MATH_H
#define NT_LIBC_MATH_H
#define NAN __builtin_nanf("")
#define INFINITY __builtin_inff()
#define HUGE_VAL __builtin_huge_val()
#define isnan(x) __builtin_isnan(x)
#define isinf(x) __builtin_isinf(x)
#define isfinite(x) __builtin_isfinite(x)
#define signbit(x) __builtin_signbit(x)
#define NT_UNARY(name) \
  double name(double); \
  float name##f(float);
#define NT_BINARY(name)        \
  double name(double, double); \
  float name##f(float, float);
NT_UNARY(exp) NT_UNARY(exp2) NT_UNARY(expm1) NT_UNARY(log) NT_UNARY(log2) NT_UNARY(log10) NT_UNARY(log1p)
NT_UNARY(sin) NT_UNARY(cos) NT_UNARY(tan) NT_UNARY(sinh) NT_UNARY(cosh) NT_UNARY(tanh) NT_UNARY(atan)
NT_UNARY(sqrt) NT_UNARY(cbrt) NT_UNARY(erf) NT_UNARY(erfc) NT_UNARY(fabs) NT_UNARY(floor) NT_UNARY(ceil) NT_UNARY(trunc)
NT_UNARY(round) NT_UNARY(rint) NT_UNARY(nearbyint)
NT_BINARY(pow) NT_BINARY(fmod) NT_BINARY(fmin) NT_BINARY(fmax) NT_BINARY(copysign) NT_BINARY(atan2) NT_BINARY(hypot)
NT_BINARY(nextafter)
double fma(double, double, double);
float fmaf(float, float, float);
double ldexp(double, int);
float ldexpf(float, int);
double frexp(double, int *);
float frexpf(float, int *);
#undef NT_UNARY
#undef NT_BINARY
#endif
