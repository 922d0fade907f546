package dev.tandem.filetransfer.s3.internal;

import java.io.Closeable;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Function;

import dev.tandem.filetransfer.FileStore.NoRoomException;

import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.auth.credentials.DefaultCredentialsProvider;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.awscore.retry.AwsRetryStrategy;
import software.amazon.awssdk.core.ResponseInputStream;
import software.amazon.awssdk.core.checksums.RequestChecksumCalculation;
import software.amazon.awssdk.core.checksums.ResponseChecksumValidation;
import software.amazon.awssdk.core.exception.AbortedException;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.core.interceptor.Context;
import software.amazon.awssdk.core.interceptor.ExecutionAttributes;
import software.amazon.awssdk.core.interceptor.ExecutionInterceptor;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.http.SdkHttpRequest;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.s3.LegacyMd5Plugin;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.S3Configuration;
import software.amazon.awssdk.services.s3.model.CompletedPart;
import software.amazon.awssdk.services.s3.model.GetObjectResponse;
import software.amazon.awssdk.services.s3.model.ObjectIdentifier;
import software.amazon.awssdk.services.s3.model.S3Exception;
import software.amazon.awssdk.services.s3.model.S3Object;

/**
 * The bucket, by the few requests that every service knows. Each of them ends within the time that the settings give it.
 * {@link IOException} says that it failed, in words for an administrator.
 */
final class Bucket implements Closeable {
    private static final String TYPE = "application/octet-stream";
    private static final int NOT_FOUND = 404;
    private static final int AT_ONCE = 1000;
    private static final Set<String> FULL =
            Set.of("InsufficientStorage", "InsufficientCapacity", "QuotaExceeded", "XMinioStorageFull");

    /** There is no such object, or upload, in the bucket. */
    static final class AbsentException extends IOException {
        AbsentException(Throwable cause) {
            super("There is no such object", cause);
        }
    }

    /** An object in a listing. */
    record Found(String name, long size, String etag, Instant changed) {}

    /** A multipart upload that is neither complete nor aborted. */
    record Upload(String object, String id, Instant begun) {}

    private final S3Client client;
    private final Settings settings;
    private final String bucket;

    Bucket(Settings settings) {
        this.settings = settings;
        bucket = settings.bucket();
        client = client(settings);
    }

    static S3Client client(Settings settings) {
        var builder = S3Client.builder()
                .region(Region.of(settings.region()))
                .forcePathStyle(settings.pathStyle())
                .credentialsProvider(credentials(settings))
                .httpClient(UrlConnectionHttpClient.builder()
                        .connectionTimeout(settings.connect())
                        .socketTimeout(settings.reply())
                        .build())
                // What other services than Amazon's know: MD5 where a sum must be, and bodies in one piece.
                .requestChecksumCalculation(RequestChecksumCalculation.WHEN_REQUIRED)
                .responseChecksumValidation(ResponseChecksumValidation.WHEN_REQUIRED)
                .addPlugin(LegacyMd5Plugin.create())
                .serviceConfiguration(
                        S3Configuration.builder().chunkedEncodingEnabled(false).build())
                .overrideConfiguration(o -> o.apiCallAttemptTimeout(settings.reply())
                        .apiCallTimeout(settings.whole())
                        .addExecutionInterceptor(new NoQuestions())
                        .retryStrategy(AwsRetryStrategy.standardRetryStrategy()));
        settings.endpoint().ifPresent(builder::endpointOverride);
        return builder.build();
    }

    /** Java's HTTP client would wait for an answer before each body, for seconds where a service gives none. */
    private static final class NoQuestions implements ExecutionInterceptor {
        @Override
        public SdkHttpRequest modifyHttpRequest(Context.ModifyHttpRequest context, ExecutionAttributes attributes) {
            return context.httpRequest().copy(request -> request.removeHeader("Expect"));
        }
    }

    private static AwsCredentialsProvider credentials(Settings settings) {
        return settings.keys()
                .<AwsCredentialsProvider>map(keys ->
                        StaticCredentialsProvider.create(AwsBasicCredentials.create(keys.access(), keys.secret())))
                .orElseGet(() -> DefaultCredentialsProvider.builder().build());
    }

    void put(String object, Body body) throws IOException {
        var md5 = body.md5();
        ask(s3 -> s3.putObject(b -> b.bucket(bucket).key(object).contentMD5(md5).contentType(TYPE), sent(body)));
    }

    private static RequestBody sent(Body body) {
        return RequestBody.fromContentProvider(body::open, body.length(), TYPE);
    }

    /** Its bytes from there on. Whoever has not read them to the end aborts it. */
    ResponseInputStream<GetObjectResponse> get(String object, long from) throws IOException {
        return ask(s3 -> s3.getObject(b -> b.bucket(bucket).key(object).range("bytes=" + from + "-")));
    }

    /** That many of its bytes from there on, or as many as there are. */
    byte[] get(String object, long from, long length) throws IOException {
        return ask(s3 -> s3.getObjectAsBytes(
                        b -> b.bucket(bucket).key(object).range("bytes=" + from + "-" + (from + length - 1))))
                .asByteArrayUnsafe();
    }

    /** All objects whose names begin like this, in the order of their names. */
    List<Found> list(String prefix) throws IOException {
        var all = new ArrayList<Found>();
        each(prefix, all::add);
        return all;
    }

    /** As {@link #list}, one after the other. */
    void each(String prefix, Consumer<Found> to) throws IOException {
        ask(s3 -> {
            s3.listObjectsV2Paginator(b -> b.bucket(bucket).prefix(prefix)).contents().stream()
                    .map(Bucket::found)
                    .forEach(to);
            return prefix;
        });
    }

    private static Found found(S3Object object) {
        return new Found(object.key(), object.size(), object.eTag(), object.lastModified());
    }

    /** Nothing happens for those that are not there. */
    void delete(Collection<String> objects) throws IOException {
        var left = List.copyOf(objects);
        for (int at = 0; at < left.size(); at += AT_ONCE) {
            var some = left.subList(at, Math.min(left.size(), at + AT_ONCE)).stream()
                    .map(name -> ObjectIdentifier.builder().key(name).build())
                    .toList();
            var answer = ask(s3 -> s3.deleteObjects(
                    b -> b.bucket(bucket).delete(d -> d.objects(some).quiet(true))));
            if (!answer.errors().isEmpty()) {
                var first = answer.errors().get(0);
                throw new IOException(settings + " did not delete " + first.key() + ": " + first.code());
            }
        }
    }

    /** A new multipart upload for that object. @return its id */
    String begin(String object) throws IOException {
        return ask(s3 -> s3.createMultipartUpload(
                        b -> b.bucket(bucket).key(object).contentType(TYPE)))
                .uploadId();
    }

    Growth.Part send(String object, String upload, int number, Body body) throws IOException {
        var md5 = body.md5();
        var answer = ask(s3 -> s3.uploadPart(
                b -> b.bucket(bucket)
                        .key(object)
                        .uploadId(upload)
                        .partNumber(number)
                        .contentMD5(md5),
                sent(body)));
        return new Growth.Part(number, body.length(), answer.eTag());
    }

    /** A part out of another object's bytes, which do not pass through here. */
    Growth.Part copy(String object, String upload, int number, String source, long from, long length)
            throws IOException {
        var answer = ask(s3 -> s3.uploadPartCopy(b -> b.destinationBucket(bucket)
                .destinationKey(object)
                .uploadId(upload)
                .partNumber(number)
                .sourceBucket(bucket)
                .sourceKey(source)
                .copySourceRange("bytes=" + from + "-" + (from + length - 1))));
        return new Growth.Part(number, length, answer.copyPartResult().eTag());
    }

    /** The object is there, all of it at once, and the upload is gone. */
    void complete(String object, String upload, List<Growth.Part> parts) throws IOException {
        var completed = parts.stream()
                .map(part -> CompletedPart.builder()
                        .partNumber(part.number())
                        .eTag(part.etag())
                        .build())
                .toList();
        ask(s3 -> s3.completeMultipartUpload(
                b -> b.bucket(bucket).key(object).uploadId(upload).multipartUpload(m -> m.parts(completed))));
    }

    void abort(String object, String upload) throws IOException {
        try {
            ask(s3 -> s3.abortMultipartUpload(b -> b.bucket(bucket).key(object).uploadId(upload)));
        } catch (AbsentException e) {
            // So it is gone already.
        }
    }

    /** Uploads to objects whose names begin like this. */
    List<Upload> uploads(String prefix) throws IOException {
        return ask(s3 -> s3.listMultipartUploadsPaginator(b -> b.bucket(bucket).prefix(prefix)).uploads().stream()
                .map(upload -> new Upload(upload.key(), upload.uploadId(), upload.initiated()))
                .toList());
    }

    /** Whether things can be listed and written there. */
    void check(Names names) throws IOException {
        ask(s3 -> s3.listObjectsV2(b -> b.bucket(bucket).prefix(names.prefix()).maxKeys(1)));
        put(names.check(), Body.empty());
    }

    private <T> T ask(Function<S3Client, T> question) throws IOException {
        try {
            return question.apply(client);
        } catch (S3Exception e) {
            throw refused(e);
        } catch (AbortedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("Interrupted while " + settings + " was asked", e);
        } catch (UncheckedIOException e) {
            throw e.getCause();
        } catch (SdkException | IllegalStateException e) {
            throw new IOException(settings + " cannot be reached: " + e.getMessage(), e);
        }
    }

    private IOException refused(S3Exception e) {
        var details = e.awsErrorDetails();
        var code = details == null || details.errorCode() == null ? "" : details.errorCode();
        if (FULL.contains(code) || e.statusCode() == 507) {
            return new NoRoomException(new IOException(settings + " is full: " + code, e));
        }
        if (e.statusCode() == NOT_FOUND && !code.equals("NoSuchBucket")) {
            return new AbsentException(e);
        }
        return new IOException(settings + " refuses: " + e.statusCode() + " " + code, e);
    }

    @Override
    public void close() {
        client.close();
    }
}
