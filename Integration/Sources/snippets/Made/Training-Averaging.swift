// Made by Tests/Tools/snippets --write from the documentation in files or a folder of this name.
import struct Foundation.URL
import Models
import Training

func snippetTrainingClassifier1() throws {
  let one = network.prepared()
  let several = Ensemble([network, model])
  let unsure = MonteCarloDropout(network, passes: 30)
  let average = try several.averagedProbabilities(for: images)
  _ = one
  _ = several
  _ = unsure
  _ = average
}

func snippetTrainingClassifier2() throws {
  let photograph = try ImageFile.read("cat.jpg")
  let views = try ImageViews(tenCropsOf: ImageSize(height: 224, width: 224), shortSides: ImageViews.usualShortSides)
  let average = try network.prepared().averagedProbabilities(for: [photograph], seenAs: views) {
    preprocessing.prepare($0)
  }
  _ = photograph
  _ = views
  _ = average
}

func snippetTrainingEnsemble1() throws {
  let networks = (1...5).map { seed in seeded(seed) { LeNet5() } }  // each trained by itself
  let average = try Ensemble(networks).averagedProbabilities(for: images)
  _ = networks
  _ = average
}

func snippetTrainingImageViews1() throws {
  let ten = try ImageViews(tenCropsOf: ImageSize(height: 32, width: 32))  // of images of short side 36
  let fifty = try ImageViews(
    tenCropsOf: ImageSize(height: 224, width: 224), shortSides: ImageViews.usualShortSides)
  _ = ten
  _ = fifty
}

func snippetTrainingMonteCarloDropout1() throws {
  let average = try MonteCarloDropout(network, passes: 50).averagedProbabilities(for: images)
  print(average.probabilities, average.deviations)
  _ = average
}
