import CKernels

/// The loops over samples of a JPEG decoder, for whoever reads such files: in whole numbers with libjpeg's roundings, the same
/// in every kernel form.
///
/// They work where pointers lead and check nothing.
public enum JPEGKernel {
  /// The samples of a block from its waves, by the inverse cosine transform of 8 × 8.
  ///
  /// - Parameters:
  ///   - waves: 64 waves, row by row.
  ///   - table: what each is multiplied by.
  ///   - last: the number in zig-zag order of the last wave that is not 0, or more.
  ///   - target: where the first row goes; the next ones `stride` bytes further each.
  ///   - stride: the bytes from row to row.
  @inline(__always)
  public static func transform(
    _ waves: UnsafePointer<Int16>, _ table: UnsafePointer<Int32>, last: Int,
    to target: UnsafeMutablePointer<UInt8>, _ stride: Int
  ) {
    nt_jpeg_samples(waves, table, last, target, stride)
  }

  /// A row with twice as many samples, by triangles: 3/4 of the nearest and 1/4 of the second nearest.
  ///
  /// - Parameters:
  ///   - row: at least 2 samples.
  ///   - count: how many.
  ///   - target: room for `2 * count`.
  public static func doubled(_ row: UnsafePointer<UInt8>, count: Int, to target: UnsafeMutablePointer<UInt8>) {
    nt_jpeg_double(row, count, target)
  }

  /// The same of a row that lies between two, 3/4 of `near` and 1/4 of `far`.
  public static func doubled(
    between near: UnsafePointer<UInt8>, _ far: UnsafePointer<UInt8>, count: Int,
    to target: UnsafeMutablePointer<UInt8>
  ) {
    nt_jpeg_double_between(near, far, count, target)
  }

  /// A row between two, 3/4 of `near` and 1/4 of `far`; `bias`, 1 or 2, is added before the division by 4.
  public static func between(
    _ near: UnsafePointer<UInt8>, _ far: UnsafePointer<UInt8>, bias: Int, count: Int,
    to target: UnsafeMutablePointer<UInt8>
  ) {
    nt_jpeg_between(near, far, bias, count, target)
  }

  /// Red, green and blue from brightness and two differences, `r = y + 1.402 (cr - 128)` and so on (JFIF 1.02), with 16
  /// binary places.
  public static func colors(
    _ y: UnsafePointer<UInt8>, _ cb: UnsafePointer<UInt8>, _ cr: UnsafePointer<UInt8>, count: Int,
    red: UnsafeMutablePointer<UInt8>, green: UnsafeMutablePointer<UInt8>, blue: UnsafeMutablePointer<UInt8>
  ) {
    nt_jpeg_colors(y, cb, cr, count, red, green, blue)
  }
}
