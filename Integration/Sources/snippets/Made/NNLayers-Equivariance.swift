// Made by Tests/Tools/snippets --write from the documentation in files or a folder of this name.
import struct Foundation.URL
import Models
import Training

func snippetNNLayersGroupConv2d1() throws {
  let equivariant = Sequential(
    LiftingConv2d(.p4, 1, 10, kernelSize: 3), GroupBatchNorm2d(.p4, 10), ReLU(),
    GroupConv2d(.p4, 10, 10, kernelSize: 3), GroupMaxPool(.p4))  // [N, 1, H, W] to [N, 10, H - 4, W - 4]
  _ = equivariant
}

func snippetNNLayersGroupConv2d2() throws {
  let layer = GroupConv2d(.p4m, 16, 32, kernelSize: 3, padding: 1)  // [N, 128, H, W] to [N, 256, H, W]
  _ = layer
}

func snippetNNLayersGroupNormalization1() throws {
  let block = Sequential(GroupConv2d(.p4, 8, 8, kernelSize: 3, bias: false), GroupBatchNorm2d(.p4, 8), ReLU())
  _ = block
}

func snippetNNLayersGroupNormalization2() throws {
  let head = Sequential(GroupConv2d(.p4, 10, 10, kernelSize: 4), GroupMaxPool(.p4), GlobalMaxPool2d())
  _ = head
}
