import Training

/// Points that cover a rectangle of the plane evenly, to ask a network about each.
///
/// ```swift
/// let grid = PlaneGrid(x: -2...2, y: -2...2)
/// let answers = try network.predict(grid.points).argmax(along: 1).scalars.map { Int($0) }
/// let chart = Chart("…", x: Axis("x₁", grid.x), y: Axis("x₂", grid.y), [.regions(answers, on: grid)])
/// ```
public struct PlaneGrid: Sendable {
  public let x: ClosedRange<Double>
  public let y: ClosedRange<Double>
  /// The number of points along each axis.
  public let side: Int

  /// - Parameters:
  ///   - x: from where to where.
  ///   - y: the same upwards.
  ///   - side: the points along each axis. Default 100.
  public init(x: ClosedRange<Double>, y: ClosedRange<Double>, side: Int = 100) {
    (self.x, self.y, self.side) = (x, y, side)
  }

  /// The points, `[side², 2]`: the lowest row first, each from left to right.
  public var points: Tensor<Float> {
    let numbers = (0..<side * side).flatMap { index -> [Float] in
      let (row, column) = (Double(index / side), Double(index % side))
      return [place(column, x), place(row, y)]
    }
    return Tensor(numbers, shape: [side * side, 2])
  }

  /// The value of a function at each of the points, in their order.
  public func values(_ function: (Double, Double) -> Double) -> [Double] {
    (0..<side * side).map { index in
      function(Double(place(Double(index % side), x)), Double(place(Double(index / side), y)))
    }
  }

  private func place(_ step: Double, _ range: ClosedRange<Double>) -> Float {
    Float(range.lowerBound + (step + 0.5) / Double(side) * (range.upperBound - range.lowerBound))
  }

  /// The numbers as rows, the highest first.
  func rows(_ values: [Double]) -> [[Double]] {
    (0..<side).reversed().map { Array(values[$0 * side..<($0 + 1) * side]) }
  }
}
