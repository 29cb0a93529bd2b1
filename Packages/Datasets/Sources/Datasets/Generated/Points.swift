import Foundation
import TensorCore

/// Sets of points of the plane in classes that no straight line parts, for small networks and pictures of decision
/// boundaries; all seeded.
///
/// ```swift
/// let moons = Points.moons(count: 200, noise: 0.1, seed: 1)   // features [200, 2], labels [200]
/// ```
/// `noise` is the deviation of a normal number that is added to each coordinate. Points of the classes come in turn.
public enum Points {
  /// Two half circles of radius 1 that reach into each other: (cos t, sin t) and (1 - cos t, ½ - sin t), t from 0 to π.
  public static func moons(count: Int, noise: Double = 0, seed: UInt64) -> TableDataset {
    classes(2, count, noise, seed) { label, share, _ in
      let t = share * .pi
      return label == 0 ? (cos(t), sin(t)) : (1 - cos(t), 0.5 - sin(t))
    }
  }

  /// A circle of radius 1 around one of radius `factor`.
  public static func circles(count: Int, noise: Double = 0, factor: Double = 0.5, seed: UInt64) -> TableDataset {
    guard factor > 0, factor < 1 else { stop("Points", "the inner circle's radius is between 0 and 1, not \(factor)") }
    return classes(2, count, noise, seed) { label, share, _ in
      let t = share * 2 * .pi
      let radius = label == 0 ? 1 : factor
      return (radius * cos(t), radius * sin(t))
    }
  }

  /// Arms of spirals about the origin, from radius 0 to 1, each through `turns` turns.
  public static func spirals(
    count: Int, arms: Int = 3, turns: Double = 0.75, noise: Double = 0, seed: UInt64
  ) -> TableDataset {
    classes(arms, count, noise, seed) { label, share, _ in
      let t = 2 * .pi * (turns * share + Double(label) / Double(arms))
      return (share * sin(t), share * cos(t))
    }
  }

  /// Random points of the square -1...1, of class 1 where the signs of x and y differ.
  public static func xor(count: Int, noise: Double = 0, seed: UInt64) -> TableDataset {
    classes(2, count, noise, seed) { label, _, random in
      let x = random.uniform(in: 0...1)
      let y = random.uniform(in: 0...1)
      let isLeft = random.integer(below: 2) == 0
      return (isLeft ? -x : x, isLeft == (label == 0) ? -y : y)
    }
  }

  /// The truth table of exclusive or: (0, 0), (0, 1), (1, 0), (1, 1) of classes 0, 1, 1, 0.
  public static var xorTable: TableDataset {
    TableDataset(
      features: Tensor([0, 0, 0, 1, 1, 0, 1, 1], shape: [4, 2]), labels: Tensor([0, 1, 1, 0]),
      classNames: ["equal", "different"])
  }

  /// Clouds of the normal distribution about centres that are drawn from -10...10 for each coordinate.
  public static func blobs(
    count: Int, classes classCount: Int = 3, dimensions: Int = 2, deviation: Double = 1, seed: UInt64
  ) -> TableDataset {
    guard count >= 1, classCount >= 1, dimensions >= 1, deviation >= 0 else {
      stop("Points", "\(count) points of \(classCount) classes in \(dimensions) dimensions cannot be drawn")
    }
    var random = RandomStream(seed: seed)
    let centers = (0..<classCount * dimensions).map { _ in random.uniform(in: -10...10) }
    let features = (0..<count).flatMap { point in
      (0..<dimensions).map { axis in
        Float(centers[point % classCount * dimensions + axis] + deviation * random.normal())
      }
    }
    return TableDataset(
      features: Tensor(features, shape: [count, dimensions]),
      labels: Tensor((0..<count).map { Int64($0 % classCount) }), classNames: (1...classCount).map { "cloud \($0)" })
  }

  /// Points of the classes in turn; `share` runs from 0 to 1 over the points of a class.
  private static func classes(
    _ classCount: Int, _ count: Int, _ noise: Double, _ seed: UInt64,
    _ point: (_ label: Int, _ share: Double, _ random: inout RandomStream) -> (x: Double, y: Double)
  ) -> TableDataset {
    guard classCount >= 1, count >= classCount, noise >= 0 else {
      stop("Points", "\(count) points of \(classCount) classes with noise \(noise) cannot be drawn")
    }
    var random = RandomStream(seed: seed)
    var features: [Float] = []
    for number in 0..<count {
      let label = number % classCount
      let ofClass = (count - label + classCount - 1) / classCount
      let share = ofClass > 1 ? Double(number / classCount) / Double(ofClass - 1) : 0
      let place = point(label, share, &random)
      features += [Float(place.x + noise * random.normal()), Float(place.y + noise * random.normal())]
    }
    return TableDataset(
      features: Tensor(features, shape: [count, 2]), labels: Tensor((0..<count).map { Int64($0 % classCount) }),
      classNames: (1...classCount).map { "class \($0)" })
  }
}
