import NNLayers
import TensorCore

extension GoldenFamily {
  static let pooling = GoldenFamily("pooling") {
    Golden("max pool 1d") { MaxPool1d(2) }
    Golden("max pool 1d overlapping") { MaxPool1d(3, stride: 2, padding: 1, roundsUp: true) }
    Golden(choosing: "max pool 2d") { MaxPool2d(2) }
    Golden(choosing: "max pool 2d overlapping") { MaxPool2d(3, stride: 2) }
    Golden(choosing: "max pool 2d padding") { MaxPool2d(3, stride: 2, padding: 1) }
    Golden(choosing: "max pool 2d ceil") { MaxPool2d(3, stride: 2, roundsUp: true) }
    Golden(choosing: "max pool 2d per axis") {
      MaxPool2d(plane(2, 3), stride: plane(2, 1), padding: .symmetric(plane(0, 1)))
    }
    Golden("max pool 3d") { MaxPool3d(2) }
    Golden("max pool 3d overlapping") { MaxPool3d(3, stride: 2, padding: 1) }
    Golden(function: "max unpool 2d") { MaxUnpool2d(2)($0[0], indices: $0.labels(1)) }
    Golden(function: "max unpool 2d odd") {
      MaxUnpool2d(2)($0[0], indices: $0.labels(1), outputSize: plane(7, 9))
    }
    Golden(function: "max unpool 2d padding") {
      MaxUnpool2d(3, stride: 3, padding: 1)($0[0], indices: $0.labels(1), outputSize: plane(9, 7))
    }

    Golden("average pool 1d") { AveragePool1d(3, stride: 2, padding: 1) }
    Golden("average pool 1d ceil") { AveragePool1d(2, roundsUp: true, countsPadding: false) }
    Golden("average pool 2d") { AveragePool2d(2) }
    for (counts, name) in [(true, "with"), (false, "without")] {
      Golden("average pool 2d \(name) padding") { AveragePool2d(3, stride: 2, padding: 1, countsPadding: counts) }
      Golden("average pool 2d ceil \(name) padding") {
        AveragePool2d(3, stride: 2, padding: 1, roundsUp: true, countsPadding: counts)
      }
      Golden("average pool 2d per axis \(name) padding") {
        AveragePool2d(plane(2, 3), stride: plane(1, 2), padding: .symmetric(plane(1, 0)), countsPadding: counts)
      }
    }
    Golden("average pool 3d") { AveragePool3d(2) }
    Golden("average pool 3d padding") { AveragePool3d(3, stride: 2, padding: 1, countsPadding: false) }

    Golden("lp pool 2d of 2") { LpPool2d(3, power: 2, stride: 2) }
    Golden("lp pool 2d of 3") { LpPool2d(plane(2, 3), power: 3) }
    Golden("lp pool 2d of 1.5") { LpPool2d(2, power: 1.5) }

    Golden("adaptive average pool 1d") { AdaptiveAveragePool1d(4) }
    Golden("adaptive average pool 3d") { AdaptiveAveragePool3d(VolumeSize(depth: 2, height: 3, width: 1)) }
    for (name, size) in adaptiveSizes {
      Golden("adaptive average pool 2d\(name)") { AdaptiveAveragePool2d(size) }
      Golden("adaptive max pool 2d\(name)") { AdaptiveMaxPool2d(size) }
    }
  }

  private static let adaptiveSizes: [(String, PlaneSize)] = [
    ("", plane(3, 4)), (" to one", 1), (" enlarging", plane(11, 9)), (" mixed", plane(3, 10)),
  ]
}

extension Golden {
  /// Max pooling whose choices are compared too.
  fileprivate init(choosing name: String, _ make: @escaping @Sendable () -> MaxPool2d) {
    self.init(
      name, make,
      calling: { layer, call in
        let (output, indices) = layer.withIndices(call[0])
        return GoldenOutput(variable: output, others: [indices])
      })
  }
}
