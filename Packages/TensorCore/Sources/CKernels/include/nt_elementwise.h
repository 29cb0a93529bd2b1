// Functions of one and two tensors, element by element.
#ifndef NT_ELEMENTWISE_H
#define NT_ELEMENTWISE_H

/// The element types, in the order of Swift's ElementType.
typedef enum { nt_float, nt_double, nt_int32, nt_int64, nt_uint8, nt_bool } nt_type;

/// What came of calculating with whole numbers; floating types always give nt_fine.
typedef enum { nt_fine, nt_overflow, nt_division_by_zero } nt_status;

typedef enum {
  // for every numeric type
  nt_negate,
  nt_abs,
  nt_sign,
  nt_squared,
  // for Float and Double
  nt_sqrt,
  nt_reciprocal_sqrt,
  nt_reciprocal,
  nt_exp,
  nt_expm1,
  nt_log,
  nt_log1p,
  nt_sin,
  nt_cos,
  nt_tanh,
  nt_sigmoid,
  nt_relu,
  nt_floor,
  nt_ceil,
  nt_round,
} nt_unary_op;

typedef enum {
  // for every numeric type
  nt_add,
  nt_subtract,
  nt_multiply,
  nt_divide,
  nt_maximum,
  nt_minimum,
  // for Float and Double
  nt_power,
  nt_squared_difference,
  nt_tanh_gradient,     ///< a (1 - b^2): a the gradient of the output, b the output.
  nt_sigmoid_gradient,  ///< a b (1 - b): likewise.
  nt_relu_gradient,     ///< a where not b <= 0, else 0: b the input or the output.
  nt_abs_gradient,      ///< a sign(b): b the input.
} nt_binary_op;

/// One operand of a loop over rows: the distance of neighbours within a row is `step` (1, or 0 for a value that is
/// repeated along the row), of neighbouring rows `row`, in elements.
typedef struct {
  const void *start;
  long step, row;
} nt_operand;

/// y[i] = op(x[i]) for i < n. y may be x.
nt_status nt_unary(nt_unary_op op, nt_type type, const void *x, void *y, long n);

/// y[r][i] = op(a[r][i], b[r][i]) for r < rows, i < n; y's rows follow each other. y may be an operand that is not repeated.
nt_status nt_binary(nt_binary_op op, nt_type type, nt_operand a, nt_operand b, void *y, long n, long rows);

/// y[i] = min(max(x[i], low), high); NaN comes through. The bounds are of the type.
void nt_clamp(nt_type type, const void *x, const void *low, const void *high, void *y, long n);

/// y[i] = g[i] where low <= x[i] <= high, else 0. Float and Double.
void nt_clamp_gradient(nt_type type, const void *g, const void *x, const void *low, const void *high, void *y, long n);

#endif
