import Autograd
import TensorCore
import Testing

struct TensorValueTests {
  /// One element that is not finite is found wherever it stands; the largest and the smallest numbers are finite.
  @Test(arguments: [1, 7, 64, 1001])
  func finds(count: Int) {
    let finite: [Double] = [0, -0.0, 1, -1, .leastNonzeroMagnitude, 3]
    for position in [0, count / 2, count - 1] {
      for value in [
        Double.nan, .signalingNaN, .infinity, -.infinity, .greatestFiniteMagnitude, -.greatestFiniteMagnitude,
      ] {
        var scalars = (0..<count).map { finite[$0 % finite.count] }
        scalars[position] = value
        #expect(TensorValue.double(Tensor(scalars, shape: [count])).isFinite == value.isFinite)
        let single = value.isFinite ? Float(signOf: Float(value), magnitudeOf: .greatestFiniteMagnitude) : Float(value)
        var floats = scalars.map { Float($0) }
        floats[position] = single
        #expect(TensorValue.float(Tensor(floats, shape: [count])).isFinite == value.isFinite)
      }
    }
    #expect(TensorValue.float(Tensor<Float>.zeros([0])).isFinite)
  }
}
