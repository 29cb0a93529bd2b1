import Autograd
import Foundation
import NNLayers
import TensorCore

/// The gradients of some elements of a network's parameters beside central differences, in double precision.
///
/// The slope is (L(w + h) - L(w - h)) / 2h. The relative error is |g - slope| / max(|g|, |slope|, 10⁻⁵). Before, all
/// parameters are moved a little at random, so that no unit lies exactly on a kink of its activation. Where h = 10⁻⁵ does not
/// agree, 10⁻⁶ and 10⁻⁷ are tried: a smaller step crosses fewer kinks. Where kinks remain, which shows in slopes that differ to both
/// sides, an element says nothing of its gradient: it is counted (``kinks``) and no alarm.
public struct SampledGradientCheck: Sendable, Equatable, Codable {
  /// An element of a parameter.
  public struct Sample: Sendable, Equatable, Codable {
    /// The parameter's name.
    public let parameter: String
    /// Which element, in row-major order.
    public let element: Int
    /// What the network's rules give.
    public let gradient: Double
    /// What differences give.
    public let slope: Double
    /// How far apart they are.
    public let relativeError: Double
    /// Whether they are as far apart as a kink within the smallest step explains: the slopes to both sides differ as much.
    public let isAtKink: Bool
  }

  /// The largest relative error that passes.
  public static let tolerance = OneSidedSlopes.tolerance

  /// The elements, the worst first.
  public let samples: [Sample]
  /// How many parameters they are of.
  public let parameterCount: Int

  /// Whether all agree but those at kinks; false if there is no other.
  public var passes: Bool { failures.isEmpty && kinks.count < samples.count }

  /// The elements that do not agree, without a kink to explain it; the worst first.
  public var failures: [Sample] { samples.filter { !($0.relativeError <= Self.tolerance || $0.isAtKink) } }

  /// The elements at a kink, which cannot be compared.
  public var kinks: [Sample] { samples.filter(\.isAtKink) }

  init(_ model: any Layer, _ data: CheckedBatch, _ loss: LossFunction, _ settings: SanitySettings) {
    var seen: Set<ObjectIdentifier> = []
    let parameters = model.namedParameters.filter {
      $0.parameter.isTrainable && $0.parameter.shape.count > 0 && seen.insert(ObjectIdentifier($0.parameter)).inserted
    }
    var random = RandomStream(key: settings.seed, stream: 1 << 62, counter: 0)
    var state = ModelState()
    for (_, parameter) in parameters { state[parameter] = Self.moved(parameter.value.doubles, &random) }
    func measured(_ state: ModelState) -> Variable {
      let context = Context(
        mode: .training, precision: .double, random: RandomStream(seed: settings.seed), state: state,
        updatesBuffers: false)
      return loss(model(data.images, context), data.labels)
    }
    let whole = measured(state)
    let gradients = whole.isRecorded ? whole.gradients() : Gradients()
    let value = whole.item
    let chosen = Self.choice(of: parameters.count, settings.gradientSampleCount)
    var visited: Set<Int> = []
    let samples = chosen.map { position in
      let (name, parameter) = parameters[position]
      let values = gradients[parameter]?.doubles.scalars ?? [Double](repeating: 0, count: parameter.shape.count)
      // Of each parameter the steepest element first: there a wrong rule shows most.
      let element = visited.insert(position).inserted ? Self.steepest(values) : random.integer(below: values.count)
      let slopes = OneSidedSlopes(derivative: values[element], value: value) { offset in
        guard var tensor = state[parameter]?.doubles else { return .nan }
        tensor.withUnsafeMutableBufferPointer { $0[element] += offset }
        var state = state
        state[parameter] = .double(tensor)
        return measured(state).item
      }
      return Sample(
        parameter: name, element: element, gradient: values[element], slope: slopes.slope,
        relativeError: slopes.relativeError, isAtKink: slopes.isAtKink)
    }
    self.samples = samples.sorted { Self.rank($0) > Self.rank($1) }
    parameterCount = visited.count
  }

  /// Positions of parameters, each at least once if there are no more than `count`.
  private static func choice(of parameterCount: Int, _ count: Int) -> [Int] {
    guard parameterCount > 0 else { return [] }
    return (0..<count).map { parameterCount <= count ? $0 % parameterCount : $0 * parameterCount / count }
  }

  private static func moved(_ tensor: Tensor<Double>, _ random: inout RandomStream) -> TensorValue {
    .double(tensor + Tensor<Float>.uniform(tensor.shape, in: -0.01..<0.01, using: &random).converted(to: Double.self))
  }

  private static func steepest(_ values: [Double]) -> Int {
    values.indices.max { abs(values[$0]) < abs(values[$1]) } ?? 0
  }

  /// NaN is worse than any number.
  private static func rank(_ sample: Sample) -> Double {
    sample.relativeError.isNaN ? .infinity : sample.relativeError
  }
}
