import Datasets
import Foundation

/// Transfers files of data sets over HTTP. Goes on with what an earlier transfer left.
struct NetworkFetcher: DatasetFetcher {
  /// Whether a line shows how far a file has come.
  let showsProgress: Bool

  func fetch(_ file: RemoteFile, to destination: URL) async throws {
    var reasons: [String] = []
    for mirror in file.mirrors {
      do {
        let there = try Self.length(destination, below: file.byteCount)
        return try await Transfer(from: mirror, to: destination, after: there) { done in
          guard showsProgress else { return }
          Console.write("\r\(Figures.megabytes(done)) of \(Figures.megabytes(file.byteCount))\u{1B}[K\r")
        }.run()
      } catch {
        reasons.append("\(mirror.host ?? mirror.absoluteString): \(reason(error))")
      }
    }
    throw FetchError(file: file, folder: destination.deletingLastPathComponent().path, reasons: reasons)
  }

  /// The bytes that are there of a file. One that has as many as the whole, or more, is not what a transfer left, and is removed.
  private static func length(_ part: URL, below whole: Int) throws -> Int {
    let attributes = try? FileManager.default.attributesOfItem(atPath: part.path)
    let length = (attributes?[.size] as? NSNumber)?.intValue ?? 0
    guard length >= whole else { return length }
    try FileManager.default.removeItem(at: part)
    return 0
  }

  private func reason(_ error: any Error) -> String {
    (error as? HTTPStatus).map { "status \($0.code)" } ?? error.localizedDescription
  }
}

/// A file that no mirror gave: which, why, and how to do without the network.
struct FetchError: Error, CustomStringConvertible {
  let file: RemoteFile
  let folder: String
  let reasons: [String]

  var description: String {
    let addresses = file.mirrors.map(\.absoluteString).joined(separator: " or ")
    return "\(file.name): no mirror gave it (\(reasons.joined(separator: "; "))); "
      + "without a network, fetch it elsewhere from \(addresses) and put it into \(folder)"
  }
}
