// Random words in bulk: Philox4x32-10, a function of a key and a counter, so that any part can be made by any thread.
#ifndef NT_RANDOM_H
#define NT_RANDOM_H

#include <stddef.h>
#include <stdint.h>

/// Writes the four words of each of `blocks` blocks, numbered `first`, `first + 1`, … (the low half of the counter;
/// `stream` is the high half).
void nt_philox(uint32_t *words, ptrdiff_t blocks, uint64_t key, uint64_t stream, uint64_t first);

/// Turns each word into a Float of `[low, high)`, over 2^24 equal steps. May work in place.
void nt_uniform_float(float *to, const uint32_t *words, ptrdiff_t count, float low, float high);

/// Turns each pair of words into a Double of `[low, high)`, over 2^53 equal steps. May work in place.
void nt_uniform_double(double *to, const uint32_t *words, ptrdiff_t count, double low, double high);

/// Writes 1 where a word is below `threshold`, else 0.
void nt_words_below(uint8_t *to, const uint32_t *words, ptrdiff_t count, uint64_t threshold);

#endif
