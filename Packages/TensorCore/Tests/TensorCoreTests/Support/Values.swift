import Foundation
import TensorCore

/// A tensor of these elements in row-major order.
func filled<Scalar: TensorScalar>(_ shape: Shape, with elements: [Scalar]) -> Tensor<Scalar> {
  precondition(elements.count == shape.count)
  return Tensor(shape: shape) { buffer in
    for (index, element) in elements.enumerated() { buffer[index] = element }
  }
}

/// Numbers that repeat from run to run, spread over -3 ..< 3.
func spread<Scalar: FloatingScalar>(_ count: Int, seed: Int = 0, as type: Scalar.Type = Scalar.self) -> [Scalar] {
  (0..<count).map { index in
    let number = Double((index + 1) * 7919 + seed * 104_729) * 0.6180339887498949
    return Scalar(number.truncatingRemainder(dividingBy: 6) - 3)
  }
}

/// Lengths around the widths of vectors.
let lengths = [0, 1, 2, 3, 4, 5, 7, 8, 9, 15, 16, 17, 31, 32, 33, 63, 64, 65, 67, 255, 1000]

/// Where functions are likely to go wrong: zeros, infinities, NaN, the ends of the range of exp, the smallest numbers.
let edges: [Float] = [
  0, -0.0, 1, -1, 0.5, -0.5, 0.6249999, 0.625, -0.625, 1.5, 2.5, -1.5, -2.5, 3.75, 9.01, -9.02, 12, -18, 30, -30,
  87, -87, 88, -88, 88.7, 88.8, -88.8, 104, -103.9, -104, -105, 1e4, -1e4, .infinity, -.infinity, .nan,
  .leastNonzeroMagnitude, -.leastNonzeroMagnitude, .leastNormalMagnitude, -.leastNormalMagnitude,
  .leastNormalMagnitude / 64, -.leastNormalMagnitude / 1000, .greatestFiniteMagnitude, -.greatestFiniteMagnitude,
  1e-8, -1e-8, 1e-4, -0.9999999,
]

/// How far `got` is from the exact value, in units of its last place; infinite where one is NaN or infinite and the other
/// not, or a zero has the wrong sign.
func unitsInTheLastPlace(_ got: Float, from exact: Double) -> Double {
  let nearest = Float(exact)
  if exact.isNaN || got.isNaN { return exact.isNaN && got.isNaN ? 0 : .infinity }
  if nearest.isInfinite || got.isInfinite { return nearest == got ? 0 : .infinity }
  if exact == 0, got == 0 { return got.sign == exact.sign ? 0 : .infinity }
  return Swift.abs(Double(got) - exact) / Double(nearest.ulp)
}

/// The bits of each element, so that NaN and the sign of zero count.
func bits(_ tensor: Tensor<Float>) -> [UInt32] { tensor.scalars.map(\.bitPattern) }
func bits(_ tensor: Tensor<Double>) -> [UInt64] { tensor.scalars.map(\.bitPattern) }

/// Whether both have the same elements; NaN is equal to NaN.
func same<Scalar: FloatingScalar>(_ a: [Scalar], _ b: [Scalar]) -> Bool {
  a.count == b.count && zip(a, b).allSatisfy { $0 == $1 || ($0.isNaN && $1.isNaN) }
}
