package dev.autopilot.projects.file.store;

import io.quarkus.runtime.annotations.RegisterForReflection;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.auth.credentials.DefaultCredentialsProvider;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.core.ResponseInputStream;
import software.amazon.awssdk.core.checksums.RequestChecksumCalculation;
import software.amazon.awssdk.core.checksums.ResponseChecksumValidation;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.S3ClientBuilder;
import software.amazon.awssdk.services.s3.model.CompletedPart;
import software.amazon.awssdk.services.s3.model.GetObjectResponse;
import software.amazon.awssdk.services.s3.model.MultipartUpload;
import software.amazon.awssdk.services.s3.model.NoSuchBucketException;
import software.amazon.awssdk.services.s3.model.S3Exception;

/**
 * Files in a bucket. S3 wants to know how much comes before it comes, and a client doesn't always
 * say; so content goes through a part-sized file on the local disk. What fits in there is one
 * object at once, and more is a multipart upload, which nobody sees until it is completed.
 */
// The SDK's parser of answers, which it finds by name.
@RegisterForReflection(classNames = "com.sun.xml.internal.stream.XMLInputFactoryImpl")
public final class S3FileStore implements FileStore, AutoCloseable {
  private static final int BUFFER = 1 << 16;
  private static final int RANGE_NOT_SATISFIABLE = 416;

  private final S3Client s3;
  private final String bucket;
  private final long partSize;

  public S3FileStore(S3Settings settings) {
    this.bucket = settings.bucket().orElseThrow();
    this.partSize = settings.partSize().asLongValue();
    S3ClientBuilder builder =
        S3Client.builder()
            .httpClientBuilder(UrlConnectionHttpClient.builder().socketTimeout(settings.timeout()))
            .region(Region.of(settings.region()))
            .credentialsProvider(credentials(settings))
            .forcePathStyle(settings.pathStyle())
            // Checksums in trailers are not yet understood by everything that speaks S3.
            .requestChecksumCalculation(RequestChecksumCalculation.WHEN_REQUIRED)
            .responseChecksumValidation(ResponseChecksumValidation.WHEN_REQUIRED);
    settings.endpoint().ifPresent(builder::endpointOverride);
    this.s3 = builder.build();
  }

  private static AwsCredentialsProvider credentials(S3Settings settings) {
    return settings.accessKey().isPresent() && settings.secretKey().isPresent()
        ? StaticCredentialsProvider.create(
            AwsBasicCredentials.create(settings.accessKey().get(), settings.secretKey().get()))
        : DefaultCredentialsProvider.builder().build();
  }

  /** Why nothing could be stored there, or null; a service that is away may come back. */
  public @Nullable String refusal() {
    try {
      var _ = s3.headBucket(request -> request.bucket(bucket));
      return null;
    } catch (NoSuchBucketException none) {
      return "autopilot.files.s3.bucket: there is no bucket " + bucket + "; make it first.";
    } catch (S3Exception refused) {
      return refused.statusCode() >= 500
          ? null
          : "autopilot.files.s3: the service answers "
              + refused.statusCode()
              + " for bucket "
              + bucket
              + "; check bucket, region and keys.";
    } catch (SdkException away) {
      return null;
    }
  }

  @Override
  public long write(String key, InputStream content) throws IOException {
    Path part = Files.createTempFile("autopilot-part-", null);
    try {
      long size = fill(part, content);
      if (size < partSize) {
        var _ = s3.putObject(to -> to.bucket(bucket).key(key), RequestBody.fromFile(part));
        return size;
      }
      return writeParts(key, part, size, content);
    } catch (SdkException failure) {
      throw new IOException("The store of files failed to write", failure);
    } finally {
      boolean _ = Files.deleteIfExists(part);
    }
  }

  private long writeParts(String key, Path part, long first, InputStream content)
      throws IOException {
    String upload = s3.createMultipartUpload(to -> to.bucket(bucket).key(key)).uploadId();
    try {
      List<CompletedPart> done = new ArrayList<>();
      long total = 0;
      for (long size = first; size > 0; size = fill(part, content)) {
        done.add(send(key, upload, done.size() + 1, part));
        total += size;
      }
      var _ =
          s3.completeMultipartUpload(to ->
              to.bucket(bucket)
                  .key(key)
                  .uploadId(upload)
                  .multipartUpload(parts -> parts.parts(done)));
      return total;
    } catch (IOException | RuntimeException broken) {
      abort(key, upload, broken);
      throw broken;
    }
  }

  private CompletedPart send(String key, String upload, int number, Path part) {
    String tag =
        s3.uploadPart(
                to -> to.bucket(bucket).key(key).uploadId(upload).partNumber(number),
                RequestBody.fromFile(part))
            .eTag();
    return CompletedPart.builder().partNumber(number).eTag(tag).build();
  }

  /** What can't be aborted now is aborted when the key is deleted. */
  private void abort(String key, String upload, Exception because) {
    try {
      var _ = s3.abortMultipartUpload(to -> to.bucket(bucket).key(key).uploadId(upload));
    } catch (SdkException failure) {
      because.addSuppressed(failure);
    }
  }

  /** Replaces the file by the next bytes of the content; how many those were. */
  private long fill(Path part, InputStream content) throws IOException {
    long size = 0;
    byte[] buffer = new byte[BUFFER];
    try (OutputStream file = Files.newOutputStream(part)) {
      while (size < partSize) {
        int read = content.read(buffer, 0, (int) Math.min(buffer.length, partSize - size));
        if (read < 0) {
          break;
        }
        file.write(buffer, 0, read);
        size += read;
      }
    }
    return size;
  }

  @Override
  public InputStream read(String key, long offset, long length) throws IOException {
    if (length == 0) {
      return InputStream.nullInputStream();
    }
    try {
      long last = length > Long.MAX_VALUE - offset ? Long.MAX_VALUE : offset + length - 1;
      return new Answer(
          s3.getObject(from -> from.bucket(bucket).key(key).range("bytes=" + offset + "-" + last)));
    } catch (S3Exception behindTheEnd) {
      if (behindTheEnd.statusCode() == RANGE_NOT_SATISFIABLE) {
        return InputStream.nullInputStream();
      }
      throw new IOException("The store of files failed to read", behindTheEnd);
    } catch (SdkException failure) {
      throw new IOException("The store of files failed to read", failure);
    }
  }

  @Override
  public void delete(String key) throws IOException {
    try {
      for (MultipartUpload broken :
          s3.listMultipartUploads(of -> of.bucket(bucket).prefix(key)).uploads()) {
        var _ =
            s3.abortMultipartUpload(
                to -> to.bucket(bucket).key(broken.key()).uploadId(broken.uploadId()));
      }
      var _ = s3.deleteObject(at -> at.bucket(bucket).key(key));
    } catch (SdkException failure) {
      throw new IOException("The store of files failed to delete", failure);
    }
  }

  @Override
  public void close() {
    s3.close();
  }

  /** Hangs up when it is closed before its end, rather than reading the rest for nobody. */
  private static final class Answer extends FilterInputStream {
    private final ResponseInputStream<GetObjectResponse> answer;
    private boolean ended;

    Answer(ResponseInputStream<GetObjectResponse> answer) {
      super(answer);
      this.answer = answer;
    }

    @Override
    public int read() throws IOException {
      int read = super.read();
      ended |= read < 0;
      return read;
    }

    @Override
    public int read(byte[] target, int offset, int length) throws IOException {
      int read = super.read(target, offset, length);
      ended |= read < 0;
      return read;
    }

    @Override
    public void close() throws IOException {
      if (!ended) {
        answer.abort();
      }
      super.close();
    }
  }
}
