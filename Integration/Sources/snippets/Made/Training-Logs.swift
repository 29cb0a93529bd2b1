// Made by Tests/Tools/snippets --write from the documentation in files or a folder of this name.
import struct Foundation.URL
import Models
import Training

func snippetTrainingRunLogs1() throws {
  func train(_ run: TrainingRun) throws -> TrainingRun.Outcome {
    let logs = try RunLogs([.jsonl, .tensorboard], of: run)
    return try run.run { event in try logs.write(event) }
  }
}
