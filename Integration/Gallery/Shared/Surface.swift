import Drawing
import Training

/// A function of two numbers, and a place to start to walk downhill from.
struct Surface {
  static let grid = PlaneGrid(x: -2.5...2.5, y: -2...2, side: 50)
  let name: String
  let start: (x: Double, y: Double)
  let noise: Double
  let steps: Int
  let height: (Variable, Variable) -> Variable

  init(
    _ name: String, start: (x: Double, y: Double), noise: Double, steps: Int,
    _ height: @escaping (Variable, Variable) -> Variable
  ) {
    (self.name, self.start, self.noise, self.steps, self.height) = (name, start, noise, steps, height)
  }

  /// The square root of the height, so that the middle can be seen too.
  var heights: [Double] {
    Self.grid.values { x, y in
      let value = height(Variable(Tensor<Double>(x)), Variable(Tensor<Double>(y))).item
      return value < 0 ? -(-value).squareRoot() : value.squareRoot()
    }
  }

  func path(_ make: ([Parameter], Double) -> any Optimizer, rate: Double) -> [(x: Double, y: Double)] {
    let point = Parameter(Tensor<Float>([Float(start.x), Float(start.y)]))
    let optimizer = make([point], rate)
    var random = RandomStream(seed: 3)
    var path = [start]
    for _ in 0..<steps {
      let place = Tape().watch(point)
      let push = Variable(Tensor<Float>([Float(noise * random.normal()), Float(noise * random.normal())]))
      let loss = height(place.slice([0..<1]), place.slice([1..<2])).sum() + (place * push).sum()
      optimizer.update(loss.gradients())
      let now = point.value.floats.scalars
      path.append((Double(now[0]), Double(now[1])))
    }
    return path
  }
}
