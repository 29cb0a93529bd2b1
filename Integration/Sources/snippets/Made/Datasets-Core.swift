// Made by Tests/Tools/snippets --write from the documentation in files or a folder of this name.
import struct Foundation.URL
import Models
import Training

func snippetDatasetsFolds1() throws {
  for fold in try digits.folds(5, seed: 1) {
    try fit(digits.subset(fold.training), validation: digits.subset(fold.validation))
  }
}
