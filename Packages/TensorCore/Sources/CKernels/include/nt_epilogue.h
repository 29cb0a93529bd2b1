// What a convolution does to its sums before it writes them.
#ifndef NT_EPILOGUE_H
#define NT_EPILOGUE_H

/// out = clamp(sum + bias + addend, lower, upper); a NaN stays one.
typedef struct {
  const float *bias;    ///< one number for each channel of the output, or null
  const float *addend;  ///< laid out as the output, or null
  float lower, upper;   ///< -infinity and infinity leave the values as they are
} nt_epilogue;

#endif
