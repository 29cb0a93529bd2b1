import Foundation
import TensorCore
import Testing

@Suite struct JPEGKernelTests {
  /// The number in zig-zag order of each place of a block, row by row (T.81, figure A.6).
  private static let zigZag: [Int] = [
    0, 1, 5, 6, 14, 15, 27, 28, 2, 4, 7, 13, 16, 26, 29, 42, 3, 8, 12, 17, 25, 30, 41, 43, 9, 11, 18, 24, 31, 40, 44,
    53, 10, 19, 23, 32, 39, 45, 52, 54, 20, 22, 33, 38, 46, 51, 55, 60, 21, 34, 37, 47, 50, 56, 59, 61, 35, 36, 48, 49,
    57, 58, 62, 63,
  ]

  /// T.81's formula A.3.3 in Float64, held in 0...255.
  private func samples(_ waves: [Int16], _ table: [Int32]) -> [Double] {
    func share(_ k: Int, _ x: Int) -> Double {
      let scale: Double = k == 0 ? 0.5.squareRoot() / 2 : 0.5
      return scale * cos(Double((2 * x + 1) * k) * Double.pi / 16)
    }
    return (0..<64).map { (place: Int) -> Double in
      var sum = 128.0
      for v in 0..<8 {
        for u in 0..<8 {
          let wave: Double = Double(waves[8 * v + u]) * Double(table[8 * v + u])
          sum += wave * share(v, place / 8) * share(u, place % 8)
        }
      }
      return min(max(sum, 0), 255)
    }
  }

  /// Within the rounding of whole numbers of the cosine transform, for blocks with waves up to each place.
  @Test(arguments: [0, 1, 5, 9, 10, 27, 40, 63]) func transformsAsTheFormulaDoes(last: Int) {
    var random = RandomStream(seed: UInt64(last))
    for round in 0..<50 {
      let table: [Int32] = (0..<64).map { (place: Int) -> Int32 in
        Int32(1 + (place % 8 + place / 8) * random.integer(below: 4))
      }
      // As large as waves of real images are at most, in every third round.
      let spread = round % 3 == 0 ? 500 : 60
      let waves: [Int16] = (0..<64).map { (place: Int) -> Int16 in
        let value = (random.integer(below: 2 * spread + 1) - spread) / Int(table[place])
        return Self.zigZag[place] > last ? 0 : Int16(value)
      }
      let stride = 11
      var bytes = [UInt8](repeating: 77, count: 8 * stride)
      bytes.withUnsafeMutableBufferPointer { bytes in
        guard let start = bytes.baseAddress else { return }
        JPEGKernel.transform(waves, table, last: last, to: start, stride)
      }
      for (place, expected) in samples(waves, table).enumerated() {
        let found = Double(bytes[place / 8 * stride + place % 8])
        #expect(abs(found - expected) <= 1, "place \(place), last \(last)")
      }
      for row in 0..<8 { #expect(bytes[row * stride + 8..<(row + 1) * stride].allSatisfy { $0 == 77 }) }
    }
  }

  /// 3/4 of the nearest and 1/4 of the next sample, in one direction and in two, rounded up and down in turn.
  @Test func doublesByTriangles() {
    for count in [2, 3, 8, 17, 40, 67] {
      let near = (0..<count).map { UInt8(truncatingIfNeeded: $0 * 151 + 3) }
      let far = (0..<count).map { UInt8(truncatingIfNeeded: $0 * 67 + 200) }
      for isBetween in [false, true] {
        let sums: [Int] = (0..<count).map { (x: Int) -> Int in
          isBetween ? 3 * Int(near[x]) + Int(far[x]) : 4 * Int(near[x])
        }
        let expected: [UInt8] = (0..<2 * count).map { (x: Int) -> UInt8 in
          let isFirst = x % 2 == 0
          let beside: Int = x / 2 + (isFirst ? -1 : 1)
          let sum: Int = 3 * sums[x / 2] + sums[min(max(beside, 0), count - 1)]
          let rounding: Int = isBetween ? (isFirst ? 8 : 7) : (isFirst ? 4 : 8)
          return UInt8((sum + rounding) / 16)
        }
        var found = [UInt8](repeating: 0, count: 2 * count)
        found.withUnsafeMutableBufferPointer { found in
          guard let to = found.baseAddress else { return }
          if isBetween {
            JPEGKernel.doubled(between: near, far, count: count, to: to)
          } else {
            JPEGKernel.doubled(near, count: count, to: to)
          }
        }
        #expect(found == expected, "\(count) samples, \(isBetween)")
      }
      for bias in [1, 2] {
        var found = [UInt8](repeating: 0, count: count)
        found.withUnsafeMutableBufferPointer { found in
          guard let to = found.baseAddress else { return }
          JPEGKernel.between(near, far, bias: bias, count: count, to: to)
        }
        let expected: [UInt8] = (0..<count).map { (x: Int) -> UInt8 in
          let sum: Int = 3 * Int(near[x]) + Int(far[x]) + bias
          return UInt8(sum / 4)
        }
        #expect(found == expected, "\(count) samples, bias \(bias)")
      }
    }
  }

  /// JFIF's formulas in Float64, rounded and held in 0...255, for all combinations of some values.
  @Test func colorsAreThoseOfJFIF() {
    let values: [UInt8] = [0, 1, 17, 64, 127, 128, 129, 200, 254, 255]
    var (y, cb, cr): ([UInt8], [UInt8], [UInt8]) = ([], [], [])
    for a in values { for b in values { for c in values { (y, cb, cr) = (y + [a], cb + [b], cr + [c]) } } }
    var found = [UInt8](repeating: 0, count: 3 * y.count)
    found.withUnsafeMutableBufferPointer { found in
      guard let to = found.baseAddress else { return }
      JPEGKernel.colors(y, cb, cr, count: y.count, red: to, green: to + y.count, blue: to + 2 * y.count)
    }
    for place in y.indices {
      let (light, b, r) = (Double(y[place]), Double(cb[place]) - 128, Double(cr[place]) - 128)
      let green: Double = light - 0.344136286 * b - 0.714136286 * r
      let colors: [Double] = [light + 1.402 * r, green, light + 1.772 * b]
      for (channel, color) in colors.enumerated() {
        let difference: Double = Double(found[channel * y.count + place]) - min(max(color, 0), 255)
        #expect(abs(difference) <= 0.51, "\(y[place]) \(cb[place]) \(cr[place])")
      }
    }
  }
}
