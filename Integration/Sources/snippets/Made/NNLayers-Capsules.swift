// Made by Tests/Tools/snippets --write from the documentation in files or a folder of this name.
import struct Foundation.URL
import Models
import Training

func snippetNNLayersClassCapsules1() throws {
  let digits = ClassCapsules(1152, 10, inputDimension: 8, dimension: 16)  // [N, 1152, 8] to [N, 10, 16]
  _ = digits
}

func snippetNNLayersPrimaryCapsules1() throws {
  // [N, 256, 20, 20] to [N, 1152, 8]
  let primary = PrimaryCapsules(256, types: 32, dimension: 8, kernelSize: 9, stride: 2)
  _ = primary
}

func snippetNNLayersPrimaryCapsules2() throws {
  let scores = CapsuleLengths()(sequences, context)
  _ = scores
}
