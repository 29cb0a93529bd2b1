import TensorCore

/// Short films of a square, a disc or a triangle that moves over a noisy ground and bounces off the edges, with the class of
/// each pixel: for classification, segmentation and prediction of the next frame, without a download.
public struct MovingShapes: Sendable {
  /// What moves.
  public static let classNames = ["square", "disc", "triangle"]
  /// The films, `[N, T, 1, H, W]`, intensities of 0...1.
  public let frames: Tensor<Float>
  /// The class of each pixel, `[N, T, H, W]`: 0 for the ground, 1 to 3 for the shapes.
  public let masks: Tensor<Int64>
  /// The shape of each film, `[N]`: 0 to 2.
  public let labels: Tensor<Int64>

  /// Films of the shapes in turn.
  ///
  /// A shape is 1/8 to 1/4 of the side in radius and moves by up to `speed` pixels a frame along each axis.
  ///
  /// - Parameters:
  ///   - count: the number of films.
  ///   - frameCount: the frames of each.
  ///   - side: the height and width, at least 8.
  ///   - speed: the most pixels that a shape moves by along each axis from frame to frame.
  ///   - noise: the deviation of the normal number that is added to each intensity.
  ///   - seed: the seed; film `i` depends on it and on `i` only.
  public init(
    count: Int, frameCount: Int = 8, side: Int = 32, speed: Double = 2, noise: Double = 0.05, seed: UInt64
  ) {
    guard count >= 1, frameCount >= 1, side >= 8, speed >= 0, noise >= 0 else {
      stop("MovingShapes", "\(count) films of \(frameCount) frames of side \(side) cannot be drawn")
    }
    let area = side * side
    var frames = [Float](repeating: 0, count: count * frameCount * area)
    var masks = [Int64](repeating: 0, count: count * frameCount * area)
    for film in 0..<count {
      var random = RandomStream(key: seed, stream: UInt64(film) + 1, counter: 0)
      var shape = Shape(kind: film % 3, side: Double(side), speed: speed, using: &random)
      let (ground, light) = (random.uniform(in: 0...0.3), random.uniform(in: 0.6...1))
      for frame in 0..<frameCount {
        let start = (film * frameCount + frame) * area
        for pixel in 0..<area {
          let isInside = shape.contains(x: Double(pixel % side) + 0.5, y: Double(pixel / side) + 0.5)
          let intensity = (isInside ? light : ground) + noise * random.normal()
          frames[start + pixel] = Float(min(max(intensity, 0), 1))
          masks[start + pixel] = isInside ? Int64(film % 3 + 1) : 0
        }
        shape.move(side: Double(side))
      }
    }
    self.frames = Tensor(frames, shape: [count, frameCount, 1, side, side])
    self.masks = Tensor(masks, shape: [count, frameCount, side, side])
    labels = Tensor((0..<count).map { Int64($0 % 3) })
  }

  /// What moves, and how.
  private struct Shape {
    let kind: Int
    let radius: Double
    var place: SIMD2<Double>
    var velocity: SIMD2<Double>

    init(kind: Int, side: Double, speed: Double, using random: inout RandomStream) {
      self.kind = kind
      let radius = random.uniform(in: side / 8...side / 4)
      self.radius = radius
      place = [random.uniform(in: radius...side - radius), random.uniform(in: radius...side - radius)]
      velocity = [random.uniform(in: -speed...speed), random.uniform(in: -speed...speed)]
    }

    func contains(x: Double, y: Double) -> Bool {
      let (dx, dy) = (x - place.x, y - place.y)
      switch kind {
      case 0: return max(abs(dx), abs(dy)) <= radius * 0.8
      case 1: return dx * dx + dy * dy <= radius * radius
      // A triangle with its point above.
      default: return dy <= radius && 2 * abs(dx) <= dy + radius
      }
    }

    /// One frame on; at an edge the shape turns back.
    mutating func move(side: Double) {
      place += velocity
      for axis in 0..<2 {
        if place[axis] < radius { (place[axis], velocity[axis]) = (2 * radius - place[axis], -velocity[axis]) }
        let last = side - radius
        if place[axis] > last { (place[axis], velocity[axis]) = (2 * last - place[axis], -velocity[axis]) }
      }
    }
  }
}
