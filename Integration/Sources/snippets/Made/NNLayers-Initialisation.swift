// Made by Tests/Tools/snippets --write from the documentation in files or a folder of this name.
import struct Foundation.URL
import Models
import Training

func snippetNNLayersFixup1() async throws {
  network.initializeFixup(classifier: "fc")
}

func snippetNNLayersInitializer1() async throws {
  let layer = Linear(784, 128, initializer: .heNormal)
  network.initialize(with: .orthogonal(gain: Gain.relu))
  _ = layer
}

func snippetNNLayersReinitialisation1() async throws {
  seeded(1) {
    network.initialize(with: .heNormal)
    network.initialize(with: .zeros) { name, _ in name.hasSuffix(".bias") }
  }
}

func snippetNNLayersSeeding1() async throws {
  let network = withoutInitialWeights { Linear(4096, 4096) }
  _ = network
}
