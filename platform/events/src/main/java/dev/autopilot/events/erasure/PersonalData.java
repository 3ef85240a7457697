package dev.autopilot.events.erasure;

import java.sql.SQLException;
import java.util.UUID;

/**
 * A bean of this type knows of something that goes with the person whose it is. When and how often
 * is none of its business: it is asked in transactions of their own, by any replica, until nothing
 * is left, and again an hour later, when no request of that person can be on its way any more.
 */
public interface PersonalData {
  /**
   * Erases some of it, in the transaction that is going on; what hangs on a row is a row too.
   *
   * @param atMost fewer when more at once has failed, down to one
   * @return how many rows went, 0 if there are none left
   */
  int eraseSome(UUID user, int atMost) throws SQLException;
}
