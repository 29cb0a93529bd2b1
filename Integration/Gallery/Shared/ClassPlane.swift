import Drawing
import Training

/// The samples of a table of two features: dots in the colours of their classes.
func dots(_ points: TableDataset, radius: Double = 3.5) -> [Mark] {
  let numbers = points.features.scalars.map(Double.init)
  return points.classNames.indices.map { label in
    let members = points.labels.scalars.indices.filter { points.labels.scalars[$0] == Int64(label) }
    return .points(
      x: members.map { numbers[2 * $0] }, y: members.map { numbers[2 * $0 + 1] }, color: .number(label), radius: radius
    )
  }
}

/// The plane around samples in the colours of the classes that `answers` gives, with the samples on it.
func regions(
  _ title: String, _ points: TableDataset, _ answers: (Tensor<Float>) throws -> [Int]
) rethrows -> any Picture {
  let numbers = points.features.scalars.map(Double.init)
  func range(_ axis: Int) -> ClosedRange<Double> {
    let values = stride(from: axis, to: numbers.count, by: 2).map { numbers[$0] }
    return ((values.min() ?? 0) - 0.5)...((values.max() ?? 1) + 0.5)
  }
  let grid = PlaneGrid(x: range(0), y: range(1), side: 60)
  return Chart(
    title, x: Axis("x₁", grid.x), y: Axis("x₂", grid.y), width: 200, height: 200,
    [.regions(try answers(grid.points), on: grid)] + dots(points))
}

/// The share of samples whose class is answered.
func shareRight(_ points: TableDataset, _ answers: (Tensor<Float>) throws -> [Int]) rethrows -> Double {
  let right = zip(try answers(points.features), points.labels.scalars).count { $0 == Int($1) }
  return Double(right) / Double(points.count)
}
