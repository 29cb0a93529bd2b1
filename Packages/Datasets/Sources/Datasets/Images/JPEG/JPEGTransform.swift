/// From waves to samples: the inverse cosine transform of 8 × 8 in whole numbers.
///
/// Algorithm: C. Loeffler, A. Ligtenberg and G. S. Moschytz 1989, "Practical fast 1-D DCT algorithms with 11
/// multiplications", with 12 multiplications, 13 binary places and the roundings of libjpeg's accurate transform
/// (`islow`), so that the samples are the same.
enum JPEGTransform {
  /// The samples of a block, held in 0...255.
  ///
  /// - Parameters:
  ///   - waves: 64 waves, row by row.
  ///   - table: what each is multiplied by.
  ///   - last: the number in zig-zag order of the last wave that is not 0, or more.
  ///   - target: where the first row goes; the next ones `stride` bytes further each.
  static func samples(
    _ waves: UnsafePointer<Int16>, _ table: UnsafePointer<Int32>, last: Int, to target: UnsafeMutablePointer<UInt8>,
    _ stride: Int
  ) {
    guard last > 0 else {
      let sample = byte((Int32(waves[0]) &* table[0] &<< 2 &+ 16) &>> 5)
      for row in 0..<8 { (target + row &* stride).update(repeating: sample, count: 8) }
      return
    }
    withUnsafeTemporaryAllocation(of: Int32.self, capacity: 64) { workspace in
      guard let workspace = workspace.baseAddress else { return }
      // The first ten waves lie in the first four columns: of the others nothing comes.
      let columns = last < 10 ? 4 : 8
      for column in 0..<columns { transformColumn(waves + column, table + column, workspace + column) }
      for row in 0..<8 { transformRow(workspace + 8 &* row, target + row &* stride, columns) }
    }
  }

  @inline(__always)
  private static func byte(_ value: Int32) -> UInt8 {
    UInt8(truncatingIfNeeded: min(max(value &+ 128, 0), 255))
  }

  @inline(__always)
  private static func transformColumn(
    _ waves: UnsafePointer<Int16>, _ table: UnsafePointer<Int32>, _ output: UnsafeMutablePointer<Int32>
  ) {
    let upper = waves[8] | waves[16] | waves[24] | waves[32] | waves[40] | waves[48] | waves[56]
    guard upper != 0 else {
      let value = Int32(waves[0]) &* table[0] &<< 2
      for row in 0..<8 { output[8 &* row] = value }
      return
    }
    @inline(__always)
    func wave(_ row: Int) -> Int32 { Int32(waves[8 &* row]) &* table[8 &* row] }
    let (even, odd) = halves(
      wave(0), wave(1), wave(2), wave(3), wave(4), wave(5), wave(6), wave(7))
    let round: Int32 = 1 << 10
    for row in 0..<4 {
      output[8 &* row] = (even[row] &+ odd[row] &+ round) &>> 11
      output[8 &* (7 &- row)] = (even[row] &- odd[row] &+ round) &>> 11
    }
  }

  @inline(__always)
  private static func transformRow(
    _ input: UnsafePointer<Int32>, _ target: UnsafeMutablePointer<UInt8>, _ columns: Int
  ) {
    let (even, odd) =
      columns == 4
      ? halves(input[0], input[1], input[2], input[3], 0, 0, 0, 0)
      : halves(input[0], input[1], input[2], input[3], input[4], input[5], input[6], input[7])
    let round: Int32 = 1 << 17
    for column in 0..<4 {
      target[column] = byte((even[column] &+ odd[column] &+ round) &>> 18)
      target[7 &- column] = byte((even[column] &- odd[column] &+ round) &>> 18)
    }
  }

  /// Eight values in; out `k` is the sum and out `7 - k` the difference of `even[k]` and `odd[k]`, with 13 binary places.
  @inline(__always)
  private static func halves(
    _ x0: Int32, _ x1: Int32, _ x2: Int32, _ x3: Int32, _ x4: Int32, _ x5: Int32, _ x6: Int32, _ x7: Int32
  ) -> (even: SIMD4<Int32>, odd: SIMD4<Int32>) {
    // Constants are cosines times 2^13: 4433 stands for 0.541196100.
    let middle = (x2 &+ x6) &* 4433
    let lower = middle &- x6 &* 15_137
    let upper = middle &+ x2 &* 6270
    let sum = (x0 &+ x4) &<< 13
    let difference = (x0 &- x4) &<< 13
    let even = SIMD4<Int32>(sum &+ upper, difference &+ lower, difference &- lower, sum &- upper)

    let common = (x7 &+ x3 &+ x5 &+ x1) &* 9633
    let z1 = (x7 &+ x1) &* -7373
    let z2 = (x5 &+ x3) &* -20_995
    let z3 = (x7 &+ x3) &* -16_069 &+ common
    let z4 = (x5 &+ x1) &* -3196 &+ common
    let odd = SIMD4<Int32>(
      x1 &* 12_299 &+ z1 &+ z4, x3 &* 25_172 &+ z2 &+ z3, x5 &* 16_819 &+ z2 &+ z4, x7 &* 2446 &+ z1 &+ z3)
    return (even, odd)
  }
}
