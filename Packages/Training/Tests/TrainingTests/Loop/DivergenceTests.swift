import Autograd
import Foundation
import NNLayers
import Optimizers
import TensorCore
import Testing
import Training

/// A step that comes to something that is not finite says where, and leaves everything as it was.
struct DivergenceTests {
  /// Multiplies by 0 and takes what `operation` makes of it, from the third call on.
  struct Faulty: Layer {
    let calls = Buffer(.int64(Tensor<Int64>([0])))
    let isInGradient: Bool

    func forward(_ x: Variable, _ context: Context) -> Variable {
      guard context.isTraining, case .int64(let count) = context[calls] else { return x }
      context[calls] = .int64(Tensor<Int64>([count.scalars[0] + 1]))
      guard count.scalars[0] >= 2 else { return x }
      let zero = x * Variable(TensorValue.filled(0, shape: [], precision: x.precision))
      // √0 is 0, its slope is infinite; ln 0 is -∞ itself.
      return isInGradient ? x + zero.sqrt() : zero.log()
    }
  }

  private static func network(_ isInGradient: Bool) -> Sequential {
    seeded(5) {
      Sequential(Flatten(), Linear(16, 6), BatchNorm1d(6), Faulty(isInGradient: isInGradient), Linear(6, 3))
    }
  }

  @Test(arguments: [1, 2])
  func theLayerIsNamed(accumulation: Int) throws {
    let trainer = try MadeUpData.trainer(Self.network(false), plan: TrainingPlan(accumulation: accumulation))
    var before: [[UInt8]] = []
    let error = #expect(throws: TrainingError.self) {
      try trainer.run { _ in before = bytes(of: trainer) }
    }
    guard case .diverged(let step, let loss, 0.1, "first seen in the output of layer 3")? = error else {
      return #expect(Bool(false), "\(String(describing: error))")
    }
    #expect(step == (accumulation == 1 ? 3 : 2) && !loss.isFinite)
    // Weights and running statistics are those of the step before.
    #expect(bytes(of: trainer) == before && trainer.progress.step == step - 1)
  }

  @Test func theParameterOfABadGradientIsNamed() throws {
    let trainer = try MadeUpData.trainer(Self.network(true))
    var before: [[UInt8]] = []
    let error = #expect(throws: TrainingError.self) {
      try trainer.run { _ in before = bytes(of: trainer) }
    }
    guard case .gradientDiverged(3, let parameter, let origin, 0.1)? = error else {
      return #expect(Bool(false), "\(String(describing: error))")
    }
    #expect(parameter.hasPrefix("2.") && origin.contains("sqrt"), "\(parameter), \(origin)")
    #expect(bytes(of: trainer) == before)
  }

  /// The run's checkpoint of the epoch before loads and has finite weights.
  @Test func theLastGoodCheckpointStays() throws {
    let place = try TemporaryFolder()
    let folder = RunFolder(place.path)
    var settings = try MadeUpData.settings()
    settings.learningRate = 1e-3
    let model = seeded(1) { TinyNetwork() }
    let run = try TrainingRun(starting: settings, model, data: MadeUpData.threeSplits(), in: folder)
    #expect(throws: TrainingError.self) {
      _ = try run.run { event in
        guard case .step(let report) = event, report.step == 6 else { return }
        model.second.bias?.value = .filled(.infinity, shape: [3], precision: .float)
      }
    }
    let checkpoint = try folder.readCheckpoint()
    #expect(checkpoint.state.progress.step == 4)
    for case (_, .tensor(let value)) in checkpoint.state.model.entries { #expect(value.isFinite) }
    #expect(place.names == ["best.safetensors", "checkpoint.safetensors", "log.csv"])
  }

  private func bytes(of trainer: Trainer) -> [[UInt8]] {
    trainer.model.stateDictionary().entries.map { entry in
      switch entry.value {
      case .tensor(let value): value.floats.scalars.flatMap { withUnsafeBytes(of: $0) { Array($0) } }
      case .int64(let value): value.scalars.flatMap { withUnsafeBytes(of: $0) { Array($0) } }
      }
    }
  }
}
