// What the processor can do at most: the measure for all other kernels.
#ifndef NT_ROOF_H
#define NT_ROOF_H

/// Twelve accumulators a in registers, the first starting at 0, the next at 1 …, take `rounds` steps a = a f + h.
/// sums[l] = their sum in lane l, for up to 16 lanes; *count = the multiply-adds done, in all lanes together.
void nt_roof_products(long rounds, float f, float h, float *sums, long *count);

#endif
