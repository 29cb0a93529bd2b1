// Made by Tests/Tools/snippets --write from the documentation in files or a folder of this name.
import struct Foundation.URL
import Models
import Training

func snippetTrainingMetric1() throws {
  struct MeanConfidence: Metric {
    let name = "confidence"
    private var sum = 0.0, count = 0.0

    mutating func add(_ logits: Tensor<Float>, _ labels: Tensor<Int64>) {
      sum += logits.softmax(along: 1).max(along: 1).scalars.reduce(0) { $0 + Double($1) }
      count += Double(labels.count)
    }
    var value: Double { sum / count }
  }
  let evaluation = try evaluate(model, on: test, metrics: [TopKAccuracy(5), MeanConfidence()])
  print(evaluation.metrics)
  _ = evaluation
}

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
