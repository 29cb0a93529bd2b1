import Foundation
import TensorCore
import Testing

/// Softmax, its logarithm and log-sum-exp against their formulas in Double.
@Suite struct SoftmaxTests {
  struct Case: Sendable, CustomStringConvertible {
    var shape: Shape
    var axis: Int
    var description: String { "\(shape) along \(axis)" }
  }

  static let cases =
    lengths.filter { $0 > 0 }.map { Case(shape: [3, $0], axis: -1) } + [
      Case(shape: [4], axis: 0), Case(shape: [0, 3], axis: 1), Case(shape: [5, 7], axis: 0),
      Case(shape: [2, 3, 4], axis: 1), Case(shape: [2, 10, 3, 3], axis: 1), Case(shape: [5000, 10], axis: 1),
    ]

  /// Applies `row` to every run of elements along the axis.
  static func alongAxis(_ elements: [Double], _ test: Case, _ row: ([Double]) -> [Double]) -> [Double] {
    let axis = test.axis < 0 ? test.axis + test.shape.rank : test.axis
    let stride = test.shape.strides[axis], count = test.shape[axis]
    var result = elements
    for start in elements.indices where start / stride % count == 0 {
      let places = (0..<count).map { start + $0 * stride }
      for (place, value) in zip(places, row(places.map { elements[$0] })) { result[place] = value }
    }
    return result
  }

  static func softmax(_ row: [Double]) -> [Double] {
    let largest = row.max() ?? 0
    let sum = row.reduce(0) { $0 + Foundation.exp($1 - largest) }
    return row.map { Foundation.exp($0 - largest) / sum }
  }

  static func close(_ got: [Float], _ want: [Double], relative: Double, absolute: Double = 0) -> Bool {
    got.count == want.count
      && zip(got, want).allSatisfy { Swift.abs(Double($0) - $1) <= relative * Swift.abs($1) + absolute }
  }

  @Test(arguments: cases) func valuesFollowTheFormula(_ test: Case) {
    let elements = spread(test.shape.count, as: Float.self)
    let tensor = filled(test.shape, with: elements)
    let shares = Self.alongAxis(elements.map(Double.init), test, Self.softmax)
    withEachForm { form in
      for result in withEachThreadCount({ tensor.softmax(along: test.axis) }) {
        #expect(result.shape == test.shape)
        #expect(Self.close(result.scalars, shares, relative: 4e-7), "\(form)")
      }
      let logarithms = tensor.logSoftmax(along: test.axis)
      #expect(
        Self.close(logarithms.scalars, shares.map { Foundation.log($0) }, relative: 2e-7, absolute: 5e-7), "\(form)")
    }
    let doubles = filled(test.shape, with: elements.map(Double.init))
    #expect(zip(doubles.softmax(along: test.axis).scalars, shares).allSatisfy { Swift.abs($0 - $1) < 1e-14 })
    #expect(
      zip(doubles.logSoftmax(along: test.axis).scalars, shares).allSatisfy {
        Swift.abs($0 - Foundation.log($1)) < 1e-13
      })
  }

  @Test(arguments: cases) func gradientsFollowTheFormula(_ test: Case) {
    let x = spread(test.shape.count, as: Float.self), g = spread(test.shape.count, seed: 9, as: Float.self)
    let gradient = filled(test.shape, with: g), input = filled(test.shape, with: x)
    let shares = Self.alongAxis(x.map(Double.init), test, Self.softmax)
    let products = Self.alongAxis(zip(shares, g).map { $0 * Double($1) }, test) { row in
      row.map { _ in row.reduce(0, +) }
    }
    let sums = Self.alongAxis(g.map(Double.init), test) { row in row.map { _ in row.reduce(0, +) } }
    let ofSoftmax = shares.indices.map { shares[$0] * (Double(g[$0]) - products[$0]) }
    let ofLogarithm = shares.indices.map { Double(g[$0]) - shares[$0] * sums[$0] }
    withEachForm { form in
      let one = gradient.softmaxGradient(output: input.softmax(along: test.axis), along: test.axis)
      #expect(Self.close(one.scalars, ofSoftmax, relative: 1e-6, absolute: 1e-6), "\(form)")
      let other = gradient.logSoftmaxGradient(output: input.logSoftmax(along: test.axis), along: test.axis)
      #expect(Self.close(other.scalars, ofLogarithm, relative: 1e-6, absolute: 3e-6), "\(form)")
    }
    let doubles = filled(test.shape, with: g.map(Double.init)), inputs = filled(test.shape, with: x.map(Double.init))
    let one = doubles.softmaxGradient(output: inputs.softmax(along: test.axis), along: test.axis)
    #expect(zip(one.scalars, ofSoftmax).allSatisfy { Swift.abs($0 - $1) < 1e-13 })
    let other = doubles.logSoftmaxGradient(output: inputs.logSoftmax(along: test.axis), along: test.axis)
    #expect(zip(other.scalars, ofLogarithm).allSatisfy { Swift.abs($0 - $1) < 1e-12 })
  }

  @Test(arguments: ReductionCase.table.filter { $0.axes.count == 1 && $0.shape.count > 0 })
  func logSumExpFollowsTheFormula(_ test: ReductionCase) {
    let elements = spread(test.shape.count, as: Float.self)
    let exact = test.groups(elements.map(Double.init)).map { Foundation.log($0.reduce(0) { $0 + Foundation.exp($1) }) }
    withEachForm { form in
      let result = filled(test.shape, with: elements).logSumExp(along: test.axes[0])
      #expect(result.shape == test.resultShape)
      #expect(Self.close(result.scalars, exact, relative: 2e-7, absolute: 1e-7), "\(form)")
    }
    #expect(
      filled(test.shape, with: elements).logSumExp(along: test.axes[0], keepingAxes: true).shape == test.keptShape)
  }

  @Test func hugeNumbersAndInfinitiesHaveTheirLimits() {
    let tensor: Tensor<Float> = filled(
      [4, 3], with: [1e4, 1e4, -1e4, -1e4, -1e4, -1e4, -.infinity, 0, 0, 3e38, -3e38, -.infinity])
    let aThird = 1.0 / 3, half = -Foundation.log(2.0), third = -Foundation.log(3.0)
    let shares: [Double] = [0.5, 0.5, 0, aThird, aThird, aThird, 0, 0.5, 0.5, 1, 0, 0]
    let logarithms: [Double] = [half, half, -2e4 + half, third, third, third]
    let sums: [Double] = [1e4 - half, -1e4 - third, -half, Double(Float(3e38))]
    withEachForm { form in
      #expect(Self.close(tensor.softmax(along: 1).scalars, shares, relative: 1e-7), "\(form)")
      let result = tensor.logSoftmax(along: 1).scalars
      #expect(Self.close(Array(result.prefix(6)), logarithms, relative: 1e-6), "\(form)")
      #expect(result[6] == -.infinity)
      #expect(result[9] == 0)
      #expect(Self.close(tensor.logSumExp(along: 1).scalars, sums, relative: 1e-7), "\(form)")
    }
  }

  @Test func nothingButMinusInfinityHasNoShares() {
    let row: Tensor<Float> = filled([1, 2], with: [-.infinity, -.infinity])
    let rowOfDoubles: Tensor<Double> = filled([1, 2], with: [-.infinity, -.infinity])
    withEachForm { _ in
      #expect(row.softmax(along: 1).scalars.allSatisfy { $0.isNaN })
      #expect(row.logSoftmax(along: 1).scalars.allSatisfy { $0.isNaN })
      #expect(row.logSumExp(along: 1).scalars == [-.infinity])
    }
    #expect(rowOfDoubles.softmax(along: 1).scalars.allSatisfy { $0.isNaN })
    #expect(rowOfDoubles.logSumExp(along: 1).scalars == [-.infinity])
    #expect(filled([2, 0], with: [Float]()).logSumExp(along: 1).scalars == [-.infinity, -.infinity])
  }

  @Test func nanComesThrough() {
    var numbers = spread(40, as: Float.self)
    numbers[17] = .nan
    withEachForm { _ in
      #expect(filled([2, 20], with: numbers).softmax(along: 1).scalars.map(\.isNaN) == (0..<40).map { $0 < 20 })
      #expect(filled([2, 20], with: numbers).logSumExp(along: 1).scalars.map(\.isNaN) == [true, false])
    }
  }

  @Test func aGradientOfAnotherShapeStops() async {
    let result = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      _ = Tensor<Float>.zeros([2, 3]).softmaxGradient(output: .zeros([3, 2]), along: 1)
    }
    #expect(result.says("the gradient has the shape [2, 3], the output [3, 2]"))
  }
}
