import Autograd
import Models
import NNLayers
import TensorCore
import Testing

/// The row "perceptron: Rosenblatt's rule w += (y - step(w·x)) x on a separable set; fails on XOR".
struct PerceptronTests {
  private let inputs = Tensor<Float>([0, 0, 0, 1, 1, 0, 1, 1], shape: [4, 2])

  private func state(_ perceptron: Perceptron) -> [Float] {
    perceptron.weight.value.floats.scalars + perceptron.bias.value.floats.scalars
  }

  /// "And", with the samples 00, 01, 10, 11 in this order, w₁ w₂ b after each pass:
  ///
  ///     1   11 is missed: + (1, 1, 1)                                                                     1  1  1
  ///     2   00 is taken: 1 1 0;  01 is taken: 1 0 -1;  11 is missed                                       2  1  0
  ///     3   01 is taken: 2 0 -1; 10 is taken: 1 0 -2;  11 is missed                                       2  1 -1
  ///     4   10 is taken: 1 1 -2; 11 is missed (its sum is 0)                                              2  2 -1
  ///     5   01 is taken                                                                                   2  1 -2
  ///     6   sums -2, -1, 0, 1: all right
  @Test func andByHand() throws {
    let perceptron = Perceptron(2)
    let labels = Tensor<Int64>([0, 0, 0, 1])
    let trace: [[Float]] = [[1, 1, 1], [2, 1, 0], [2, 1, -1], [2, 2, -1], [2, 1, -2], [2, 1, -2]]
    let mistakes = try trace.map { expected in
      let count = try perceptron.learn(inputs, labels: labels)
      #expect(state(perceptron) == expected)
      return count
    }
    #expect(mistakes == [1, 3, 3, 2, 1, 0])
    #expect(try Perceptron(2).fit(inputs, labels: labels, epochLimit: 100) == mistakes)
    #expect(try perceptron.predict(inputs) == Tensor<Float>([0, 0, 0, 1], shape: [4, 1]))
  }

  /// No line separates XOR: every pass makes mistakes, and the weights come back to what they were.
  @Test func exclusiveOrNeverEnds() throws {
    let perceptron = Perceptron(2)
    let mistakes = try perceptron.fit(inputs, labels: Tensor([0, 1, 1, 0]), epochLimit: 500)
    #expect(mistakes.count == 500)
    #expect(mistakes.allSatisfy { $0 > 0 })
    #expect(state(perceptron).allSatisfy { abs($0) <= 4 })
  }

  /// Points on both sides of the plane (3, -4, 12)/13 · x = 1/10 with a margin of 0.2 in the space with a 1 for the bias: at
  /// most (R/γ)² corrections.
  @Test func separableSetsKeepNovikoffsBound() throws {
    var random = RandomStream(seed: 12)
    let plane: [Double] = [3.0 / 13, -4.0 / 13, 12.0 / 13, -0.1]
    let length = plane.reduce(0) { $0 + $1 * $1 }.squareRoot()
    var (points, labels): ([Float], [Int64]) = ([], [])
    var (longest, margin) = (0.0, Double.infinity)
    while labels.count < 200 {
      let point = (0..<3).map { _ in Float(2 * random.uniform() - 1) }
      var distance: Double = plane[3]
      for axis in 0..<3 { distance += plane[axis] * Double(point[axis]) }
      distance /= length
      guard abs(distance) > 0.2 else { continue }
      points += point
      labels.append(distance > 0 ? 1 : 0)
      let square: Double = point.reduce(1) { $0 + Double($1) * Double($1) }
      longest = max(longest, square)
      margin = min(margin, abs(distance))
    }
    let x = Tensor<Float>(points, shape: [200, 3])
    let perceptron = Perceptron(3)
    let mistakes = try perceptron.fit(x, labels: Tensor(labels), epochLimit: 10_000)
    #expect(mistakes.last == 0)
    #expect(Double(mistakes.reduce(0, +)) <= longest / (margin * margin))
    #expect(try perceptron.predict(x).scalars == labels.map { Float($0) })
  }

  @Test func wrongInputs() async {
    #expect(throws: InputError.self) { try Perceptron(2).learn([[1, 2, 3]], labels: Tensor([0])) }
    #expect(throws: InputError.self) { try Perceptron(2).predict(.zeros([2])) }
    await #expect(processExitsWith: .failure) { try Perceptron(2).learn([[1, 2]], labels: Tensor([2])) }
  }
}
