// Made by Tests/Tools/snippets --write from the documentation in files or a folder of this name.
import struct Foundation.URL
import Models
import Training

func snippetTrainingRecentMean1() throws {
  var recent = RecentMean(of: 1_000)
  for batch in batches {
    let loss = crossEntropy(model(batch.images, context), batch.labels)
    recent.add(loss.item, sampleCount: batch.count)
    print(loss.item, recent.value)
  }
  _ = recent
}

func snippetTrainingTopKAccuracy1() throws {
  var topFive = TopKAccuracy(5)
  for batch in batches { topFive.add(try model.predict(batch.images), batch.labels) }
  print(topFive.value)
  _ = topFive
}
