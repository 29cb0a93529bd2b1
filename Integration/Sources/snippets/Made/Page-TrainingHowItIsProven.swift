// Made by Tests/Tools/snippets --write from the documentation in files or a folder of this name.
import struct Foundation.URL
import Models
import Training

func snippetTrainingHowItIsProven1() throws {
  let report = checkGradients("x tanh x", at: [[-1, 0.5, 2]]) { $0[0] * $0[0].tanh() }
  print(report)
  _ = report
}
