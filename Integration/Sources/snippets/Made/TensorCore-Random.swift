// Made by Tests/Tools/snippets --write from the documentation in files or a folder of this name.
import struct Foundation.URL
import Models
import Training

func snippetTensorCoreRandomStream1() throws {
  var random = RandomStream(seed: 1)
  let weight = Tensor<Float>.normal([120, 400], using: &random)
  _ = random
  _ = weight
}
