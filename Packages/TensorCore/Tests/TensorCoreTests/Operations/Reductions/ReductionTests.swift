import Foundation
import TensorCore
import Testing

/// Every reduction against a loop in Double over the elements of each result.
@Suite struct ReductionTests {
  @Test(arguments: ReductionCase.table) func sumsMeansAndProducts(_ test: ReductionCase) {
    let elements = spread(test.shape.count, as: Float.self)
    let tensor = filled(test.shape, with: elements)
    let groups = test.groups(elements.map(Double.init))
    // One rounding of a sum in Double, whose own error is far below.
    func near(_ result: Tensor<Float>, _ exact: ([Double]) -> Double) -> Bool {
      result.shape == test.resultShape
        && zip(result.scalars, groups).allSatisfy { got, group in
          let want = exact(group)
          let size = group.reduce(0) { $0 + Swift.abs($1) }
          return (got.isNaN && want.isNaN)
            || Swift.abs(Double(got) - want) <= 0.501 * Double(Float(want).ulp) + size * 1e-14
        }
    }
    withEachForm { form in
      let runs = withEachThreadCount { tensor.sum(along: test.axes) }
      #expect(near(runs[0]) { $0.reduce(0, +) }, "\(form)")
      #expect(bits(runs[1]) == bits(runs[0]))
      #expect(bits(runs[2]) == bits(runs[0]))
      #expect(near(tensor.mean(along: test.axes)) { $0.reduce(0, +) / Double($0.count) }, "\(form)")
      #expect(near(tensor.sumOfSquares(along: test.axes)) { $0.reduce(0) { $0 + $1 * $1 } }, "\(form)")
      let kept = tensor.sum(along: test.axes, keepingAxes: true)
      #expect(kept.shape == test.keptShape)
      #expect(bits(kept) == bits(runs[0]))
    }
    let doubles = filled(test.shape, with: elements.map(Double.init)).sum(along: test.axes).scalars
    #expect(zip(doubles, groups).allSatisfy { Swift.abs($0 - $1.reduce(0, +)) <= 1e-9 })
  }

  @Test(arguments: ReductionCase.table) func extrema(_ test: ReductionCase) {
    guard test.shape.count > 0 || test.resultShape.count == 0 else { return }
    let elements = spread(test.shape.count, as: Float.self)
    let tensor = filled(test.shape, with: elements)
    let groups = test.groups(elements)
    withEachForm { form in
      for result in withEachThreadCount({ tensor.max(along: test.axes) }) {
        #expect(result.shape == test.resultShape)
        #expect(same(result.scalars, groups.map { $0.max() ?? .nan }), "\(form)")
      }
      #expect(same(tensor.min(along: test.axes).scalars, groups.map { $0.min() ?? .nan }), "\(form)")
    }
    let numbers = elements.map { Int32($0 * 100) }
    let whole = filled(test.shape, with: numbers)
    #expect(whole.max(along: test.axes).scalars == test.groups(numbers).map { $0.max() ?? 0 })
    #expect(whole.sum(along: test.axes).scalars == test.groups(numbers).map { $0.reduce(0, +) })
    if test.axes.count == 1 {
      let places = tensor.argmax(along: test.axes[0])
      #expect(places.shape == test.resultShape)
      #expect(places.scalars == groups.map { group in Int64(group.firstIndex(of: group.max() ?? 0) ?? 0) })
      #expect(
        whole.argmin(along: test.axes[0]).scalars
          == test.groups(numbers).map { group in Int64(group.firstIndex(of: group.min() ?? 0) ?? 0) })
    }
  }

  @Test(arguments: ReductionCase.table) func variances(_ test: ReductionCase) {
    guard test.shape.count > 0 else { return }
    let elements = spread(test.shape.count, as: Float.self).map { $0 + 1e4 }
    let tensor = filled(test.shape, with: elements)
    for correction in [0, 1] {
      let exact = test.groups(elements.map(Double.init)).map { group in
        let mean = group.reduce(0, +) / Double(group.count)
        return group.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / Double(group.count - correction)
      }
      withEachForm { form in
        let result = tensor.variance(along: test.axes, correction: correction)
        #expect(result.shape == test.resultShape)
        #expect(
          zip(result.scalars, exact).allSatisfy {
            ($0.isNaN && !$1.isFinite) || Swift.abs(Double($0) - $1) <= 4e-7 * (1 + $1)
          }, "\(form)")
      }
    }
  }

  @Test func wholeTensors() {
    let tensor: Tensor<Double> = filled([2, 3], with: [1, 2, 3, 4, 5, 6])
    #expect(tensor.sum().scalars == [21])
    #expect(tensor.sum().shape == [])
    #expect(tensor.mean().scalars == [3.5])
    #expect(tensor.max().scalars == [6])
    #expect(tensor.min().scalars == [1])
    #expect(tensor.product().scalars == [720])
    #expect(tensor.sumOfSquares().scalars == [91])
    #expect(Swift.abs(tensor.variance().scalars[0] - 35.0 / 12) < 1e-14)
    #expect(Swift.abs(tensor.variance(correction: 1).scalars[0] - 3.5) < 1e-14)
    #expect(tensor.product(along: 0).scalars == [4, 10, 18])
    #expect(tensor.product(along: 1, keepingAxes: true).shape == [2, 1])
  }

  @Test func productsTakeEveryLength() {
    withEachForm { form in
      for length in lengths where length < 300 {
        let factors = (0..<length).map { $0 % 2 == 0 ? Float(1.5) : 1 / 1.5 }
        let exact = factors.reduce(1.0) { $0 * Double($1) }
        let row = filled([length], with: factors).product().scalars[0]
        let columns = filled([length, 1], with: factors).product(along: 0).scalars[0]
        #expect(unitsInTheLastPlace(row, from: exact) <= 0.51, "\(form) \(length)")
        #expect(unitsInTheLastPlace(columns, from: exact) <= 0.51, "\(form) \(length)")
      }
    }
  }

  @Test func nothing() {
    let empty: Tensor<Float> = filled([0, 3], with: [])
    #expect(empty.sum().scalars == [0])
    #expect(empty.product().scalars == [1])
    #expect(empty.mean().scalars[0].isNaN)
    #expect(empty.sum(along: 0).scalars == [0, 0, 0])
    #expect(empty.product(along: 0).scalars == [1, 1, 1])
    #expect(empty.mean(along: 0).scalars.allSatisfy { $0.isNaN })
    #expect(empty.sum(along: 1).shape == [0])
    #expect(empty.max(along: 1).shape == [0])
    #expect(filled([0], with: [Int64]()).sum().scalars == [0])
  }

  @Test func theMeanOfMoreThan2To24EqualNumbersIsExact() {
    let count = 1 << 24 + 1
    let tensor = Tensor<Float>(shape: [count]) { $0.initialize(repeating: 0.1) }
    #expect(tensor.mean().scalars == [0.1])
    #expect(tensor.sum().scalars == [Float(Double(Float(0.1)) * Double(count))])
  }

  @Test func nanComesThrough() {
    var elements = spread(200, as: Float.self)
    for place in [0, 1, 31, 32, 70, 199] {
      elements[place] = .nan
      let tensor = filled([200], with: elements), columns = filled([200, 1], with: elements)
      withEachForm { _ in
        #expect(tensor.max().scalars[0].isNaN)
        #expect(tensor.min().scalars[0].isNaN)
        #expect(columns.max(along: 0).scalars[0].isNaN)
        #expect(tensor.sum().scalars[0].isNaN)
      }
      #expect(tensor.argmax(along: 0).scalars == [Int64(place)])
      #expect(columns.argmin(along: 0).scalars == [Int64(place)])
      elements[place] = 5
    }
    let two: Tensor<Float> = filled([4], with: [1, .nan, 7, .nan])
    #expect(two.argmax(along: 0).scalars == [1])
  }

  @Test func theFirstOfEqualElementsCounts() {
    let tensor: Tensor<Int64> = filled([2, 4], with: [3, 9, 9, 1, 5, 5, 5, 5])
    #expect(tensor.argmax(along: 1).scalars == [1, 0])
    #expect(tensor.argmin(along: -1).scalars == [3, 0])
    #expect(tensor.argmax(along: 0, keepingAxes: true).shape == [1, 4])
  }

  @Test func infinitiesAreNumbers() {
    let tensor: Tensor<Float> = filled([3], with: [-.infinity, -.infinity, -.infinity])
    #expect(tensor.max().scalars == [-.infinity])
    #expect(tensor.argmax(along: 0).scalars == [0])
  }

  @Test func gradientsOfRepeatedOperandsAddUp() {
    let gradient: Tensor<Float> = filled([2, 3, 2], with: (1...12).map(Float.init))
    #expect(gradient.sum(to: [2, 3, 2]).scalars == gradient.scalars)
    #expect(gradient.sum(to: [2]).scalars == [36, 42])
    #expect(gradient.sum(to: [3, 1]).scalars == [18, 26, 34])
    #expect(gradient.sum(to: [3, 1]).shape == [3, 1])
    #expect(gradient.sum(to: [1, 1, 2]).scalars == [36, 42])
    #expect(gradient.sum(to: []).scalars == [78])
    #expect(filled([0, 2], with: [Float]()).sum(to: [2]).scalars == [0, 0])
  }
}
