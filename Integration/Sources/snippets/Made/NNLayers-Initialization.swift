// Made by Tests/Tools/snippets --write from the documentation in files or a folder of this name.
import struct Foundation.URL
import Models
import Training

func snippetNNLayersFixup1() throws {
  network.initializeFixup(classifier: "fc")
}

func snippetNNLayersInitializer1() throws {
  let layer = Linear(784, 128, initializer: .heNormal)
  network.initialize(with: .orthogonal(gain: Gain.relu))
  _ = layer
}

func snippetNNLayersReinitialization1() throws {
  seeded(1) {
    network.initialize(with: .heNormal)
    network.initialize(with: .zeros) { name, _ in name.hasSuffix(".bias") }
  }
}

func snippetNNLayersSeeding1() throws {
  let network = withoutInitialWeights { Linear(4096, 4096) }
  _ = network
}
