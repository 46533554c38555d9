"""Everything the seams may call, in one place: made once by app.py, reached through the application's settings."""

from concurrent.futures import Executor
from dataclasses import dataclass

from clock import DatabaseClock
from models.database import Database
from realtime.heartbeat import Heartbeat
from realtime.hub import Hub
from realtime.node import Node
from realtime.presence import Presence
from services.accounts import Accounts
from services.addresses import Addresses
from services.admin_stats import AdminStats
from services.administration import Administration
from services.alerting import AlertWatch
from services.answering import Answers
from services.catch_up import CatchUp
from services.deadlines import Deadlines
from services.desk import Desk
from services.doorkeeper import Doorkeeper
from services.draining import Draining
from services.figures import Figures
from services.health import Health
from services.hints import Hints
from services.inquiries import Inquiries
from services.leases import Leases
from services.limits import Limits
from services.live import LiveRooms
from services.loop_lag import LoopLag
from services.node_figures import NodeFigures
from services.notifications import Notifications
from services.orders import Orders
from services.participants import Participants
from services.people import People
from services.progress import Progress
from services.recovery import Recovery
from services.rehearsal import Rehearsals
from services.room_sweep import RoomSweep
from services.rooms import Rooms
from services.round_notes import RoundNotes
from services.shares import Shares
from services.socket_limit import SocketLimit
from services.subscriptions import Subscriptions
from services.tickets import Tickets
from services.tokens import Tokens
from services.transitions import Transitions


@dataclass(frozen=True, slots=True, kw_only=True)
class Services:
    db: Database
    clock: DatabaseClock
    executor: Executor
    hub: Hub
    node: Node
    presence: Presence
    heartbeat: Heartbeat
    tokens: Tokens
    tickets: Tickets
    limits: Limits
    leases: Leases
    addresses: Addresses
    accounts: Accounts
    people: People
    doorkeeper: Doorkeeper
    desk: Desk
    live: LiveRooms
    hints: Hints
    catch_up: CatchUp
    shares: Shares
    transitions: Transitions
    rooms: Rooms
    rehearsals: Rehearsals
    round_notes: RoundNotes
    room_sweep: RoomSweep
    participants: Participants
    answers: Answers
    subscriptions: Subscriptions
    deadlines: Deadlines
    recovery: Recovery
    progress: Progress
    draining: Draining
    health: Health
    figures: Figures
    node_figures: NodeFigures
    loop_lag: LoopLag
    alert_watch: AlertWatch
    admin_stats: AdminStats
    administration: Administration
    orders: Orders
    inquiries: Inquiries
    socket_limit: SocketLimit
    notifications: Notifications
    public_url: str
    started_at: int
