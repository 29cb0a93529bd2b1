import Datasets
import Foundation

#if canImport(FoundationNetworking)
  import FoundationNetworking
#endif

/// Transfers files of data sets over HTTP.
struct NetworkFetcher: DatasetFetcher {
  /// The seconds that a mirror may be silent.
  private static let patience = 30.0

  func fetch(_ file: RemoteFile, to destination: URL) async throws {
    var reasons: [String] = []
    for mirror in file.mirrors {
      do {
        return try await fetch(mirror, to: destination)
      } catch {
        reasons.append("\(mirror.host ?? mirror.absoluteString): \(reason(error))")
      }
    }
    throw FetchError(file: file, folder: destination.deletingLastPathComponent().path, reasons: reasons)
  }

  private func fetch(_ address: URL, to destination: URL) async throws {
    let configuration = URLSessionConfiguration.ephemeral
    configuration.timeoutIntervalForRequest = Self.patience
    let session = URLSession(configuration: configuration)
    defer { session.finishTasksAndInvalidate() }
    let (transferred, response) = try await session.download(from: address)
    defer { try? FileManager.default.removeItem(at: transferred) }
    if let response = response as? HTTPURLResponse, response.statusCode != 200 {
      throw HTTPStatus(code: response.statusCode)
    }
    try? FileManager.default.removeItem(at: destination)
    try FileManager.default.moveItem(at: transferred, to: destination)
  }

  private func reason(_ error: any Error) -> String {
    (error as? HTTPStatus).map { "status \($0.code)" } ?? error.localizedDescription
  }
}

/// An answer that is not the file.
private struct HTTPStatus: Error {
  let code: Int
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
