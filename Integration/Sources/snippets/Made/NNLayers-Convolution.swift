// Made by Tests/Tools/snippets --write from the documentation in files or a folder of this name.
import struct Foundation.URL
import Models
import Training

func snippetNNLayersConv1d1() throws {
  let causal = Conv1d(16, 32, kernelSize: 3, padding: .sides(before: 2, after: 0))
  _ = causal
}

func snippetNNLayersConv2d1() throws {
  let same = Conv2d(3, 64, kernelSize: 3, padding: .same)
  let strided = Conv2d(64, 128, kernelSize: 3, stride: 2, padding: 1, bias: false)
  let mirrored = Conv2d(3, 8, kernelSize: 5, padding: 2, paddingMode: .reflect)
  let depthwise = Conv2d.depthwise(64, kernelSize: 3, padding: 1)
  _ = same
  _ = strided
  _ = mirrored
  _ = depthwise
}

func snippetNNLayersConv3d1() throws {
  let layer = Conv3d(3, 64, kernelSize: 3, padding: 1)
  _ = layer
}

func snippetNNLayersConvTranspose1d1() throws {
  let doubled = ConvTranspose1d(64, 32, kernelSize: 4, stride: 2, padding: 1)
  _ = doubled
}

func snippetNNLayersConvTranspose2d1() throws {
  let doubled = ConvTranspose2d(64, 32, kernelSize: 2, stride: 2)
  let smooth = ConvTranspose2d(64, 32, kernelSize: 3, stride: 2, padding: 1, outputPadding: 1)
  _ = doubled
  _ = smooth
}

func snippetNNLayersPad2d1() throws {
  let framed = Pad2d(2, mode: .reflect)
  let below = Pad2d(.sides(top: 0, bottom: 1, left: 0, right: 0))
  _ = framed
  _ = below
}

func snippetNNLayersPartialConv2d1() throws {
  let layer = PartialConv2d(6, connections: PartialConv2d.lenet5Connections, kernelSize: 5)  // 1,516 parameters
  _ = layer
}

func snippetNNLayersSeparableConv2d1() throws {
  let layer = SeparableConv2d(64, 128, kernelSize: 3, padding: 1)
  _ = layer
}

func snippetNNLayersSqueezeExcitation1() throws {
  let block = Sequential(Conv2d(3, 64, kernelSize: 3, padding: 1), ReLU(), SqueezeExcitation(64, squeezed: 16))
  _ = block
}
