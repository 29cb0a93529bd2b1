// The loops over samples of a JPEG decoder, in whole numbers with the roundings of libjpeg: the results are the same in
// every form, and those of libjpeg.
#ifndef NT_JPEG_H
#define NT_JPEG_H

#include <stdint.h>

/// The samples of a block from its waves: the inverse cosine transform of 8 by 8.
///
/// `waves`: 64, row by row; wave k is multiplied by `table[k]`. `last`: the number in zig-zag order of the last wave that
/// is not 0, or more. The first row goes to `to`, the next ones `stride` bytes further each.
void nt_jpeg_samples(const int16_t *waves, const int32_t *table, long last, uint8_t *to, long stride);

/// A row of samples with twice as many, by triangles: weights 3/4 and 1/4 of the two nearest, rounded up and down in turn.
/// Gives `2 * count` samples, `count` of at least 2.
void nt_jpeg_double(const uint8_t *row, long count, uint8_t *to);

/// The same of a row between two: each sample first is 3/4 of `near` and 1/4 of `far`.
void nt_jpeg_double_between(const uint8_t *near, const uint8_t *far, long count, uint8_t *to);

/// A row between two, 3/4 of `near` and 1/4 of `far`; `bias`, 1 or 2, rounds.
void nt_jpeg_between(const uint8_t *near, const uint8_t *far, long bias, long count, uint8_t *to);

/// Red, green and blue from brightness and two differences, with 16 binary places (JFIF 1.02).
void nt_jpeg_colors(const uint8_t *y, const uint8_t *cb, const uint8_t *cr, long count, uint8_t *red, uint8_t *green,
                     uint8_t *blue);

#endif
