import Autograd
import Foundation
import Models
import NNLayers
import TensorCore
import Testing

struct LeNet1998Tests {
  /// 6 · 26, 6 · 2, 60 · 25 + 16, 16 · 2, 120 · (16 · 25 + 1), 84 · 121: 60,000 together, as in the paper.
  @Test func publishedParameters() {
    let model = LeNet1998()
    let counts = Dictionary(grouping: model.namedParameters) { $0.name.split(separator: ".")[0] }
      .mapValues { $0.reduce(0) { $0 + $1.parameter.shape.count } }
    #expect(counts == ["c1": 156, "s2": 12, "c3": 1_516, "s4": 32, "c5": 48_120, "f6": 10_164])
    #expect(model.parameterCount == 60_000)
  }

  /// Maps of 28, 14, 10, 5 and 1, as in the paper's figure 2.
  @Test func publishedMaps() throws {
    let names = ["c1", "s2", "c3", "s4", "c5", "f6", "output"]
    let maps = try LeNet1998().outputs(of: names, for: .zeros([2, 1, 32, 32]))
    let shapes: [Shape] = [
      [2, 6, 28, 28], [2, 6, 14, 14], [2, 16, 10, 10], [2, 16, 5, 5], [2, 120, 1, 1], [2, 84], [2, 10],
    ]
    #expect(names.map { maps[$0]?.shape } == shapes)
  }

  /// Drawings that differ in few dots would be taken for each other.
  @Test func drawingsDiffer() throws {
    guard case .tensor(let value)? = LeNet1998().stateDictionary()["output.centers"] else {
      Issue.record("no centres")
      return
    }
    let centers = value.doubles
    #expect(centers.shape == [10, 84])
    #expect(centers.scalars.allSatisfy { abs($0) == 1 })
    for a in 0..<10 {
      for b in 0..<a {
        #expect((0..<84).count { centers.scalars[a * 84 + $0] != centers.scalars[b * 84 + $0] } >= 6, "\(a) and \(b)")
      }
    }
  }

  /// (0.5 - 1)² + (2 + 1)² = 9.25 and (0.5 + 1)² + (2 - 1)² = 3.25. The slope of their sum, less its sign, is -2 (2x - c₁ - c₂) = -4x.
  @Test func distancesByHand() {
    let layer = RadialBasisOutput(centers: Tensor([1, -1, -1, 1], shape: [2, 2]))
    let tape = Tape()
    let x = tape.watch(Tensor<Double>([0.5, 2], shape: [1, 2]))
    let output = layer(x, Context(mode: .training, precision: .double, tape: tape))
    #expect(output.doubles.scalars == [-9.25, -3.25])
    #expect(output.sum().gradients()[x]?.doubles.scalars == [-2, -8])
  }

  /// y[label] + log(e^-0.1 + Σ e^-y), written out; far classes push no more, near ones do.
  @Test func lossIsThatOfThePaper() {
    let distances = [[3.0, 5, 0.5], [10_000, 2, 30], [0, 20_000, 7]], labels = [2, 1, 0]
    let outputs = Variable(Tensor<Double>(distances.flatMap { $0.map { -$0 } }, shape: [3, 3]))
    let expected = zip(distances, labels).map { row, label in
      row[label] + log(exp(-0.1) + row.reduce(0) { $0 + exp(-$1) })
    }
    let loss = penalizedDistanceLoss(outputs, Tensor(labels.map(Int64.init))).item
    #expect(abs(loss - expected.reduce(0, +) / 3) < 1e-12)
  }

  @Test func otherImagesAreRefused() {
    #expect(throws: InputError.self) { try LeNet1998().predict(.zeros([1, 3, 32, 32])) }
    #expect(throws: InputError.self) { try LeNet1998().predict(.zeros([1, 1, 28, 28])) }
  }
}
