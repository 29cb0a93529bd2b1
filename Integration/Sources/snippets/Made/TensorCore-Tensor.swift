// Made by Tests/Tools/snippets --write from the documentation in files or a folder of this name.
import struct Foundation.URL
import Models
import Training

func snippetTensorCoreTensorRows1() throws {
  var table = Tensor<Float>.ones([4, 3])
  table.withRows(1..<3) { $0 *= 2 }
  _ = table
}

func snippetTensorCoreTensor1() throws {
  let images = Tensor<Float>.zeros([64, 1, 32, 32])  // [N, C, H, W]
  var weight: Tensor<Float> = [[1, 2], [3, 4]]
  weight[0, 1] = 5
  _ = images
  _ = weight
}
