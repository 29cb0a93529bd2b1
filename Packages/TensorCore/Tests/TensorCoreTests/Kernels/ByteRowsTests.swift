import TensorCore
import Testing

@Suite struct ByteRowsTests {
  /// Every element is the table's number for its byte, and nothing else is written; by a plain loop.
  @Test(arguments: [false, true]) func looksUpEachByte(isMirrored: Bool) {
    let table = (0..<256).map { Float($0) * 0.37 - 11 }
    for columns in [1, 7, 8, 9, 28, 33] {
      for isUpsideDown in [false, true] {
        let (rows, width, stride) = (5, columns + 3, columns + 4)
        let bytes = (0..<rows * width).map { UInt8(truncatingIfNeeded: $0 * 89 + 17) }
        var numbers = [Float](repeating: -1, count: rows * stride)
        numbers.withUnsafeMutableBufferPointer { numbers in
          bytes.withUnsafeBufferPointer { bytes in
            table.withUnsafeBufferPointer { table in
              guard let to = numbers.baseAddress, let from = bytes.baseAddress, let table = table.baseAddress
              else { return }
              ByteRows.lookUp(
                from + 2, stride: width, in: table, rows: rows, columns: columns, isMirrored: isMirrored,
                to: to + 1 + (isUpsideDown ? (rows - 1) * stride : 0), stride: isUpsideDown ? -stride : stride)
            }
          }
        }
        for row in 0..<rows {
          for column in 0..<stride {
            let place = column - 1
            let line = isUpsideDown ? rows - 1 - row : row
            let source: Int = line * width + 2 + (isMirrored ? columns - 1 - place : place)
            let expected: Float = (0..<columns).contains(place) ? table[Int(bytes[source])] : -1
            #expect(numbers[row * stride + column] == expected, "\(columns) columns, row \(row), column \(column)")
          }
        }
      }
    }
  }
}
