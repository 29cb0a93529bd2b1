// Made by Tests/Tools/snippets --write from the documentation in files or a folder of this name.
import struct Foundation.URL
import Models
import Training

func snippetTrainingSanityChecks1() throws {
  let report = try sanityChecks(model, on: samples)
  print(report)  // a line for each check, tables of the layers, warnings
  guard report.passes else { return }
  _ = report
}
