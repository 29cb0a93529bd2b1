// Runs every C kernel on buffers of exactly the sizes that it may touch, for the sanitizers to watch. Nothing is compared:
// that is what the Swift tests do.
#ifndef FUZZ_KERNELS_H
#define FUZZ_KERNELS_H

#include <stddef.h>
#include <stdint.h>

/// A buffer of exactly `count` elements of `size` bytes, aligned to its elements only: it ends where the block ends.
/// Filled with values of the type that `fill` names.
void *buffer(char fill, size_t size, ptrdiff_t count);
/// The same, aligned to 64 bytes.
void *aligned_buffer(char fill, size_t size, ptrdiff_t count);
/// Frees all buffers since the last call.
void release(void);
/// A repeatable random number of `low ... high`.
ptrdiff_t between(ptrdiff_t low, ptrdiff_t high);

void fuzz_activation(void);
void fuzz_channels(void);
void fuzz_compare(void);
void fuzz_elementwise(void);
void fuzz_reductions(void);
void fuzz_products(void);
void fuzz_pooling(void);
void fuzz_pixel_windows(void);
void fuzz_pixels(void);
void fuzz_convolutions(void);
void fuzz_image_chain(void);
void fuzz_images(void);
void fuzz_lanes(void);
void fuzz_movement(void);
void fuzz_random(void);
void fuzz_rows(void);
void fuzz_softmax(void);
void fuzz_sparse(void);
void fuzz_updates(void);
void fuzz_winograd(void);

#endif
