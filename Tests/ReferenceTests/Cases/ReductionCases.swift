import Autograd
import Foundation

/// A reduction: one line is a case for each shape with each choice of axes, kept or not.
struct ReductionFunction: Sendable {
  let name: String
  let range: ClosedRange<Double>
  let bounds: OperationCase.Bounds
  let takesEmpty: Bool
  let body: @Sendable (Variable, [Int], Bool) -> Variable
  /// From the elements that meet in one result.
  let formula: @Sendable ([Double]) -> Double

  init(
    _ name: String, in range: ClosedRange<Double> = -1...1, bounds: OperationCase.Bounds = .init(),
    takesEmpty: Bool = true, _ body: @escaping @Sendable (Variable, [Int], Bool) -> Variable,
    is formula: @escaping @Sendable ([Double]) -> Double
  ) {
    self.name = name
    self.range = range
    self.bounds = bounds
    self.takesEmpty = takesEmpty
    self.body = body
    self.formula = formula
  }

  static let places: [(sizes: [Int], axes: [Int])] = [
    ([1], [0]), ([4], [0]), ([7], [0]), ([16], [0]), ([17], [-1]), ([33], [0]), ([65], [0]), ([3, 5], [0]),
    ([3, 5], [1]), ([3, 5], [0, 1]), ([1, 9], [0]), ([9, 1], [-1]), ([5, 17], [0]), ([17, 5], [1]), ([2, 3, 4], [1]),
    ([2, 3, 4], [0, 2]), ([2, 3, 4], [-2, -1]), ([2, 3, 4], []), ([3, 4, 16], [0]), ([2, 5, 3, 3], [0, 2, 3]),
    ([2, 5, 3, 3], [2, 3]), ([2, 3, 2, 3], [1, 3]), ([2, 1, 3, 1, 2], [0, 2, 4]), ([0, 3], [1]), ([37, 1000], [0]),
    ([40, 1001], [1]), ([40_003], [0]),
  ]
  /// Reductions of nothing.
  static let empty: [(sizes: [Int], axes: [Int])] = [([0], [0]), ([0, 3], [0]), ([2, 0, 3], [1, 2])]

  var cases: [OperationCase] {
    (Self.places + (takesEmpty ? Self.empty : [])).flatMap { sizes, axes in
      [false, true].map { at(sizes, axes, keepingAxes: $0) }
    }
  }

  private func at(_ sizes: [Int], _ axes: [Int], keepingAxes: Bool) -> OperationCase {
    let formula = formula, body = body
    let name = "\(name) along \(axes)\(keepingAxes ? ", kept" : "")"
    return OperationCase(name, [Input(sizes, in: range)], bounds: bounds) {
      body($0[0], axes, keepingAxes)
    } is: {
      $0[0].reduced(along: axes, keepingAxes: keepingAxes, formula)
    }
  }
}

extension Reference {
  /// One result for the elements that differ in the given axes only.
  func reduced(along axes: [Int], keepingAxes: Bool, _ formula: ([Double]) -> Double) -> Reference {
    let gone = Set(axes.map { axis($0) })
    let kept = sizes.indices.map { gone.contains($0) ? 1 : sizes[$0] }
    var groups = [[Double]](repeating: [], count: kept.reduce(1, *))
    for (element, index) in zip(elements, indices(of: sizes)) {
      let target = zip(index, kept).reduce(0) { $0 * $1.1 + ($1.1 == 1 ? 0 : $1.0) }
      groups[target].append(element)
    }
    let result = keepingAxes ? kept : sizes.indices.filter { !gone.contains($0) }.map { sizes[$0] }
    return Reference(result, elements: groups.map(formula))
  }

  /// Each line along an axis mapped to a line.
  func mappingLines(along axis: Int, _ transform: ([Double]) -> [Double]) -> Reference {
    let axis = self.axis(axis)
    var sizes = sizes
    let length = sizes[axis]
    let inner = sizes[(axis + 1)...].reduce(1, *), outer = sizes[..<axis].reduce(1, *)
    let lines = (0..<outer * inner).map { line in
      transform((0..<length).map { elements[(line / inner * length + $0) * inner + line % inner] })
    }
    sizes[axis] = lines.first?.count ?? transform(Array(repeating: 0, count: length)).count
    let new = sizes[axis]
    var result = Reference(sizes)
    for (line, values) in lines.enumerated() {
      for (place, value) in values.enumerated() {
        result.elements[(line / inner * new + place) * inner + line % inner] = value
      }
    }
    return result
  }
}

enum ReductionCases {
  static let all: [OperationCase] = functions.flatMap(\.cases) + whole + running

  static let functions: [ReductionFunction] = [
    ReductionFunction("sum") {
      $0.sum(along: $1, keepingAxes: $2)
    } is: {
      $0.reduce(0, +)
    },
    ReductionFunction("mean") {
      $0.mean(along: $1, keepingAxes: $2)
    } is: {
      $0.reduce(0, +) / Double($0.count)
    },
    ReductionFunction("sum of squares") {
      $0.sumOfSquares(along: $1, keepingAxes: $2)
    } is: {
      $0.reduce(0) { $0 + $1 * $1 }
    },
    ReductionFunction("max", bounds: .kinks, takesEmpty: false) {
      $0.max(along: $1, keepingAxes: $2)
    } is: {
      $0.max() ?? 0
    },
    ReductionFunction("min", bounds: .kinks, takesEmpty: false) {
      $0.min(along: $1, keepingAxes: $2)
    } is: {
      $0.min() ?? 0
    },
    ReductionFunction("product", in: 0.9...1.1) {
      $0.product(along: $1, keepingAxes: $2)
    } is: {
      $0.reduce(1, *)
    },
    ReductionFunction("variance", in: 1...3) {
      $0.variance(along: $1, keepingAxes: $2)
    } is: {
      variance($0, correction: 0)
    },
    ReductionFunction("variance of a sample", in: 1...3) {
      $0.variance(along: $1, keepingAxes: $2, correction: 1)
    } is: {
      variance($0, correction: 1)
    },
  ]

  /// NaN where no degree of freedom is left.
  static func variance(_ numbers: [Double], correction: Double) -> Double {
    let count = Double(numbers.count), mean = numbers.reduce(0, +) / count
    return numbers.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / max(count - correction, 0)
  }

  /// All elements at once.
  private static let whole: [OperationCase] = [[], [1], [7], [33], [3, 5], [2, 3, 4], [2, 5, 3, 3]].flatMap {
    (sizes: [Int]) -> [OperationCase] in
    [
      OperationCase("sum", [Input(sizes)]) {
        $0[0].sum()
      } is: {
        Reference($0[0].elements.reduce(0, +))
      },
      OperationCase("mean", [Input(sizes)]) {
        $0[0].mean()
      } is: {
        Reference($0[0].elements.reduce(0, +) / Double($0[0].count))
      },
      OperationCase("max", [Input(sizes)], bounds: .kinks) {
        $0[0].max()
      } is: {
        Reference($0[0].elements.max() ?? .nan)
      },
      OperationCase("min", [Input(sizes)], bounds: .kinks) {
        $0[0].min()
      } is: {
        Reference($0[0].elements.min() ?? .nan)
      },
      OperationCase("product", [Input(sizes, in: 0.5...1.5)]) {
        $0[0].product()
      } is: {
        Reference($0[0].elements.reduce(1, *))
      },
      OperationCase("variance", [Input(sizes)]) {
        $0[0].variance()
      } is: {
        Reference(variance($0[0].elements, correction: 0))
      },
      OperationCase("sum of squares", [Input(sizes)]) {
        $0[0].sumOfSquares()
      } is: {
        Reference($0[0].elements.reduce(0) { $0 + $1 * $1 })
      },
    ]
  }

  /// Along one axis of these shapes.
  static let lines: [(sizes: [Int], axis: Int)] = [
    ([0], 0), ([1], 0), ([5], 0), ([8], 0), ([17], 0), ([33], -1), ([3, 5], 0), ([3, 5], 1), ([1, 9], 0), ([9, 1], 1),
    ([2, 3, 4], 1), ([2, 3, 17], -1), ([2, 17, 3], 1), ([17, 2, 3], 0), ([2, 0, 3], 2), ([2, 3, 2, 5], -2),
    ([300, 130], 1), ([130, 300], 0), ([3, 1, 1], 1), ([4, 16], 1), ([4, 65], -1), ([16, 4], 0),
  ]

  private static let running: [OperationCase] = lines.flatMap { sizes, axis -> [OperationCase] in
    [
      OperationCase("cumulative sum along \(axis)", [Input(sizes)]) {
        $0[0].cumulativeSum(along: axis)
      } is: {
        $0[0].mappingLines(along: axis) { line in line.indices.map { line[...$0].reduce(0, +) } }
      }
    ]
  }
}
