import CKernels

/// Bytes of images to numbers, for whoever prepares them.
public enum ByteRows {
  /// Rows of bytes through a table of 256 numbers: `to[r][c] = table[from[r][c]]`.
  ///
  /// Works where pointers lead and checks nothing. About a quarter of a nanosecond for each byte.
  ///
  /// - Parameters:
  ///   - from: the first row.
  ///   - fromStride: the bytes from row to row.
  ///   - table: 256 numbers.
  ///   - rows: the number of rows.
  ///   - columns: the bytes of a row.
  ///   - isMirrored: whether each row is written from its other end.
  ///   - to: where the first row goes.
  ///   - toStride: the numbers from row to row; negative for upside down.
  public static func lookUp(
    _ from: UnsafePointer<UInt8>, stride fromStride: Int, in table: UnsafePointer<Float>, rows: Int, columns: Int,
    isMirrored: Bool, to: UnsafeMutablePointer<Float>, stride toStride: Int
  ) {
    nt_byte_rows(from, fromStride, table, rows, columns, isMirrored, to, toStride)
  }
}
