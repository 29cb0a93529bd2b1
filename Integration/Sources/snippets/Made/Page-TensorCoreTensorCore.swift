// Made by Tests/Tools/snippets --write from the documentation in files or a folder of this name.
import struct Foundation.URL
import Models
import Training

func snippetTensorCoreTensorCore1() throws {
  var random = RandomStream(seed: 1)
  let points = Tensor<Float>.normal([100, 2], using: &random)
  let centered = points - points.mean(along: 0, keepingAxes: true)
  let covariance = centered.matmul(centered, transposingLeft: true) / 99  // [2, 2]
  _ = random
  _ = points
  _ = centered
  _ = covariance
}
